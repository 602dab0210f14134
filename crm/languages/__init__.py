"""Languages as people speak, read and sign them: data, with scripts, directions and own names."""
