// Mixing
