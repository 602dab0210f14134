"""The chain of one record, and how far what people asked for has got."""
