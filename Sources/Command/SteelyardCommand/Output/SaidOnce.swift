/// Remembers what was said, so that several runs on the same data say it once; what is new in a later run is said.
final class SaidOnce {
  private var lines: Set<String> = []

  /// Whether `text` was not said before; it is from now on.
  func isNew(_ text: String) -> Bool { lines.insert(text).inserted }
}
