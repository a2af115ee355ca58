"""What we choose: the settings of each environment, and the one program that wires the components by them."""
