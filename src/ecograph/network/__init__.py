"""Networks of a graph: projections, measures, layout; what they mean is for insight."""
