import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A place that text goes to: standard error or output of the process, or a list in a test.
public struct Terminal: Sendable {
  /// Whether lines can be redrawn: a terminal, and not a dumb one.
  public let isInteractive: Bool
  /// Colours that suit it.
  public let style: Style
  private let columns: @Sendable () -> Int
  private let sink: @Sendable (String) -> Void

  /// A place of one's own making.
  ///
  /// - Parameters:
  ///   - isInteractive: Whether lines can be redrawn.
  ///   - style: Colours that suit it.
  ///   - width: Columns at the moment; 0 or less where not known.
  ///   - write: Takes the text, as it is.
  public init(
    isInteractive: Bool, style: Style = .plain, width: @escaping @Sendable () -> Int = { 0 },
    write: @escaping @Sendable (String) -> Void
  ) {
    self.isInteractive = isInteractive
    self.style = style
    columns = width
    sink = write
  }

  /// Standard error of this process, where progress and messages go. What cannot be written there is lost in
  /// silence: no run stops for want of a reader.
  ///
  /// - Parameter environment: Environment variables; `COLUMNS` overrides the width.
  public static func standardError(environment: [String: String]) -> Terminal {
    stream(STDERR_FILENO, environment) { _ in }
  }

  /// Standard output of this process, where results go. What could not be written is told by ``outputProblem``.
  ///
  /// - Parameter environment: Environment variables; `COLUMNS` overrides the width.
  public static func standardOutput(environment: [String: String]) -> Terminal {
    stream(STDOUT_FILENO, environment) { code in
      if code != EPIPE { outputCode.store(code, ordering: .relaxed) }
    }
  }

  /// Why results that went to standard output are not whole, in the system's words; nil where they are, or where
  /// the reader went away of its own accord.
  public static var outputProblem: String? {
    let code = outputCode.load(ordering: .relaxed)
    return code == 0 ? nil : String(cString: strerror(code))
  }

  /// The last error number of standard output, 0 for none.
  private static let outputCode = Atomic<Int32>(0)

  /// Columns at the moment; 80 where nobody says, never below 1.
  public var width: Int {
    let columns = columns()
    return columns > 0 ? columns : 80
  }

  /// Writes text as it is.
  public func write(_ text: String) { sink(text) }

  private static func stream(
    _ descriptor: Int32, _ environment: [String: String],
    failed: @escaping @Sendable (Int32) -> Void
  ) -> Terminal {
    let isTerminal = isatty(descriptor) == 1
    let fixed = environment["COLUMNS"].flatMap { Int($0) } ?? 0
    return Terminal(
      isInteractive: isTerminal && environment["TERM"] != "dumb",
      style: Style(isTerminal: isTerminal, environment: environment),
      width: { fixed > 0 ? fixed : windowWidth(descriptor) },
      write: { text in writeAll(text, to: descriptor).map(failed) })
  }
}

private func windowWidth(_ descriptor: Int32) -> Int {
  var size = winsize()
  return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
}

/// Writes text, over interruptions.
///
/// - Returns: the error number that ended the writing early; nil where all of it went.
private func writeAll(_ text: String, to descriptor: Int32) -> Int32? {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written > 0 {
      bytes = bytes.dropFirst(written)
    } else if errno != EINTR && errno != EAGAIN {
      return errno
    }
  }
  return nil
}
