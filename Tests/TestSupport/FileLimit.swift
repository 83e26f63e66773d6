#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Calls `body` while no file of this process may grow beyond `bytes`, as if the disk were full.
///
/// For processes of a single test: the limit is that of the whole process.
///
/// - Throws: what `body` throws.
public func withFileLimit<R, E: Error>(_ bytes: Int, _ body: () throws(E) -> R) throws(E) -> R {
  #if canImport(Glibc)
    let kind = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
  #else
    let kind = RLIMIT_FSIZE
  #endif
  // The system ends a process that writes more, unless it does not want to hear of it.
  signal(SIGXFSZ, SIG_IGN)
  var old = rlimit()
  getrlimit(kind, &old)
  var limit = old
  limit.rlim_cur = rlim_t(bytes)
  setrlimit(kind, &limit)
  defer { setrlimit(kind, &old) }
  return try body()
}
