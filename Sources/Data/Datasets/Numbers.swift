#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `base` to the power `exponent`.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

/// The natural logarithm.
func logarithm(_ value: Double) -> Double { log(value) }

/// e to the power `value`.
func exponential(_ value: Double) -> Double { exp(value) }
