import Foundation
public import Testing

/// Tests that take minutes or more, which `make proofs` runs.
public enum Proofs {
  /// Whether they are asked for, by `STEELYARD_PROOFS`.
  public static let areAsked = ProcessInfo.processInfo.environment["STEELYARD_PROOFS"] != nil
  /// What is said of them where they are not.
  public static let comment: Comment = "make proofs runs it"

  /// All elements in the proofs; else so many of them, spread from the first to the last.
  ///
  /// - Parameters:
  ///   - count: How many, at least 2.
  ///   - elements: What there is.
  public static func some<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    guard !areAsked, elements.count > count else { return elements }
    return (0..<count).map { elements[$0 * (elements.count - 1) / (count - 1)] }
  }
}
