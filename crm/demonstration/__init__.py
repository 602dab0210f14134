"""The demonstration: invented people and groups in real places, for trying Heard out."""
