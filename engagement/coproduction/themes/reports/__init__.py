"""Figures of themes on any day, the words behind them, and points that may belong there."""
