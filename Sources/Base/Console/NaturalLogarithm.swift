#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

func naturalLogarithm(_ x: Double) -> Double { log(x) }
