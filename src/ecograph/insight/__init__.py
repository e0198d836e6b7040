"""What the measures of networks mean for the region; written back as statements."""
