"""What is missing before a project opens, moves or closes, somebody takes part or leaves, or people are asked."""
