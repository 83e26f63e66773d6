import Foundation
public import Testing

/// Tests that take minutes or more, which `make proofs` runs.
public enum Proofs {
  /// Whether they are asked for, by `STEELYARD_PROOFS`.
  public static let areAsked = ProcessInfo.processInfo.environment["STEELYARD_PROOFS"] != nil
  /// What is said of them where they are not.
  public static let comment: Comment = "make proofs runs it"
}
