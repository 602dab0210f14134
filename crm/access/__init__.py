"""Access needs: identified, recorded, flagged, shared, met and reviewed (Accessible Information Standard, DAPB1605)."""
