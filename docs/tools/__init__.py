"""What writes the parts of the manual that kzfest itself knows: fields, commands and pictures."""
