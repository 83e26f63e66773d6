#if canImport(Glibc)
  import Glibc
#endif

/// How many heaps the C library keeps for the threads of this process.
enum HeapArenas {
  /// All threads share one heap from now on.
  ///
  /// A pass over images asks for blocks of the same sizes again and again, in some threads for what others give back; with a heap
  /// for each the holes between them grow for thousands of images (with MobileNetV2 at 224 pixels by 160 MiB over 12,000). Does nothing
  /// outside glibc. Call before there are threads.
  static func shareOne() {
    #if canImport(Glibc)
      // Swift's Glibc does not show <malloc.h>.
      typealias Mallopt = @convention(c) (Int32, Int32) -> Int32
      let arenaMax: Int32 = -8
      guard let symbol = dlsym(nil, "mallopt") else { return }
      _ = unsafeBitCast(symbol, to: Mallopt.self)(arenaMax, 1)
    #endif
  }
}
