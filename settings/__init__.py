"""How an installation of Heard is set up; every council setting comes from the environment."""
