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

  /// Standard error of this process, where progress and messages go.
  ///
  /// - Parameter environment: Environment variables; `COLUMNS` overrides the width.
  public static func standardError(environment: [String: String]) -> Terminal {
    stream(STDERR_FILENO, environment)
  }

  /// Standard output of this process, where results go.
  ///
  /// - Parameter environment: Environment variables; `COLUMNS` overrides the width.
  public static func standardOutput(environment: [String: String]) -> Terminal {
    stream(STDOUT_FILENO, environment)
  }

  /// Columns at the moment; 80 where nobody says, never below 1.
  public var width: Int {
    let columns = columns()
    return columns > 0 ? columns : 80
  }

  /// Writes text as it is.
  public func write(_ text: String) { sink(text) }

  private static func stream(_ descriptor: Int32, _ environment: [String: String]) -> Terminal {
    let isTerminal = isatty(descriptor) == 1
    let fixed = environment["COLUMNS"].flatMap { Int($0) } ?? 0
    return Terminal(
      isInteractive: isTerminal && environment["TERM"] != "dumb",
      style: Style(isTerminal: isTerminal, environment: environment),
      width: { fixed > 0 ? fixed : windowWidth(descriptor) },
      write: { writeAll($0, to: descriptor) })
  }
}

private func windowWidth(_ descriptor: Int32) -> Int {
  var size = winsize()
  return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
}

/// A reader that has gone away must not stop a training run, so failures other than an interruption
/// end the writing silently.
private func writeAll(_ text: String, to descriptor: Int32) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if written > 0 {
      bytes = bytes.dropFirst(written)
    } else if errno != EINTR && errno != EAGAIN {
      return
    }
  }
}
