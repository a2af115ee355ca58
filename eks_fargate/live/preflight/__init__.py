"""Before deployment: what a plan asks of AWS against what AWS has for it."""
