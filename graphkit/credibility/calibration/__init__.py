"""What labels are good for: choosing between counting votes and the model, calibrating, and measuring how good the numbers are."""
