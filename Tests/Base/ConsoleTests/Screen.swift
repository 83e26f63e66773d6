import Console
import Synchronization

/// A terminal that remembers, and a clock that stands still until told.
final class Screen: Sendable {
  private let text = Mutex("")
  private let seconds = Mutex(100.0)
  private let columns: Mutex<Int>

  init(width: Int = 0) { columns = Mutex(width) }

  func terminal(isInteractive: Bool, style: Style = .plain) -> Terminal {
    Terminal(isInteractive: isInteractive, style: style, width: { self.columns.withLock { $0 } }) {
      piece in self.text.withLock { $0 += piece }
    }
  }

  var clock: @Sendable () -> Double { { self.seconds.withLock { $0 } } }

  func wait(_ duration: Double) { seconds.withLock { $0 += duration } }

  func resize(to width: Int) { columns.withLock { $0 = width } }

  /// What was written since the last call.
  func take() -> String {
    text.withLock { text in
      defer { text = "" }
      return text
    }
  }
}
