/// How far a piece of work has come, with rate and time left.
///
/// On a terminal it is one line, redrawn at most ten times a second and never wider than the window.
/// In a log file it is one plain line every `interval` seconds and one at the end.
///
/// ```swift
/// var bar = ProgressBar("epoch 3/30", total: 2600, unit: "images", on: .standardError(…), clock: now)
/// bar.advance(by: 32, note: "loss 0.412")
/// bar.finish()
/// ```
public struct ProgressBar: Sendable {
  private let label: String
  private let total: Int
  private let unit: String
  private let terminal: Terminal
  private let interval: Double
  private let clock: @Sendable () -> Double
  private let start: Double
  private var shown: Double?
  private var done = 0
  private var note = ""

  /// Work that starts now. Nothing is written before the first step.
  ///
  /// - Parameters:
  ///   - label: What is being done, for example `epoch 3/30`.
  ///   - total: Steps to do; 0 or less where not known.
  ///   - unit: What is counted, in the plural.
  ///   - terminal: Where it is shown: standard error.
  ///   - interval: Seconds between lines where the terminal cannot redraw.
  ///   - clock: Seconds since any fixed moment.
  public init(
    _ label: String, total: Int, unit: String, on terminal: Terminal, interval: Double = 10,
    clock: @escaping @Sendable () -> Double
  ) {
    self.label = label
    self.total = total
    self.unit = unit
    self.terminal = terminal
    self.interval = interval
    self.clock = clock
    start = clock()
  }

  /// Counts `steps` more as done, and shows it if it is time to.
  ///
  /// - Parameters:
  ///   - steps: Steps done since the last call.
  ///   - note: What else to show, for example the loss; `nil` keeps the last.
  public mutating func advance(by steps: Int, note: String? = nil) {
    done += steps
    self.note = note ?? self.note
    let now = clock()
    // A log gets its first line only after an interval; a terminal wants to see the start.
    let since = now - (shown ?? (terminal.isInteractive ? -.infinity : start))
    guard since >= (terminal.isInteractive ? 0.1 : interval) else { return }
    show(now)
  }

  /// Ends the work: clears the line on a terminal, writes a last line to a log.
  public mutating func finish() {
    if terminal.isInteractive {
      if shown != nil { terminal.write("\r\u{1B}[K") }
    } else {
      let seconds = clock() - start
      let line =
        "\(label): \(Format.count(done)) \(unit) in \(Format.duration(seconds))"
        + ", \(Format.rate(Double(done) / seconds)) \(unit)/s"
      terminal.write(line + (note.isEmpty ? "" : ", \(note)") + "\n")
    }
    shown = nil
  }

  /// Writes a line of its own, with the bar below it again.
  ///
  /// - Parameter message: One line, without line feed.
  public mutating func interject(_ message: String) {
    guard terminal.isInteractive, shown != nil else { return terminal.write(message + "\n") }
    terminal.write("\r\u{1B}[K\(message)\n")
    show(clock())
  }

  private mutating func show(_ now: Double) {
    shown = now
    let seconds = now - start
    if terminal.isInteractive {
      // The last column stays free: some terminals wrap as soon as it is written.
      terminal.write("\r" + line(seconds, columns: terminal.width - 1) + "\u{1B}[K")
    } else {
      let part = total > 0 ? " (\(Format.percent(fraction, places: 0)))" : ""
      let facts = ["\(counter)\(part)", rate(seconds), left(seconds), note]
      terminal.write("\(label): \(facts.filter { !$0.isEmpty }.joined(separator: ", "))\n")
    }
  }

  private func line(_ seconds: Double, columns: Int) -> String {
    let style = terminal.style
    let part = total > 0 ? Format.percent(fraction, places: 0) : ""
    let facts = [counter, rate(seconds), left(seconds), note].filter { !$0.isEmpty }
    let head = style(label, .bold)
    let tail = ([part] + facts).filter { !$0.isEmpty }.joined(separator: "  ")
    let room = columns - displayWidth(head) - displayWidth(tail) - 4
    guard total > 0, room >= 8 else { return truncated("\(head)  \(tail)", to: columns) }
    let width = min(room, 40)
    let full = Bar.text(fraction, width: width)
    let rest = String(repeating: "·", count: width - displayWidth(full))
    return "\(head)  \(style(full, .green))\(style(rest, .dim))  \(tail)"
  }

  private var fraction: Double { min(1, Double(done) / Double(max(1, total))) }

  private var counter: String {
    Format.count(done) + (total > 0 ? "/\(Format.count(total))" : " \(unit)")
  }

  private func rate(_ seconds: Double) -> String {
    seconds > 0 && done > 0 ? "\(Format.rate(Double(done) / seconds)) \(unit)/s" : ""
  }

  private func left(_ seconds: Double) -> String {
    guard total > 0, done > 0, done < total else { return "" }
    return Format.duration(seconds / Double(done) * Double(total - done)) + " left"
  }
}
