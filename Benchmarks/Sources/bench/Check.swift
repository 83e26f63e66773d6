import Foundation
import Torch

/// One thing that a device must answer as the processor does.
struct Check: Sendable {
  /// What is compared.
  let name: String
  /// The largest difference that may be, over the largest number that the processor has there.
  let bound: Double
  /// The largest difference found.
  let difference: @Sendable (Device) throws -> Double

  static let all = copies + augmentations + layers + losses + precisions + updates + networks
}

/// A line of JSON for each check, as soon as it is known: one that stops the program leaves those before it.
///
/// - Parameter device: what is compared with the processor.
/// - Returns: whether every difference is within its bound.
/// - Throws: what the engine threw.
func passesChecks(on device: Device) throws -> Bool {
  var passes = true
  for check in Check.all {
    let difference = try check.difference(device)
    let isWithin = difference <= check.bound
    passes = passes && isWithin
    // JSON has no word for what is not finite.
    let found = difference.isFinite ? "\(difference)" : "null"
    write(
      "{\"check\": \"\(check.name)\", \"difference\": \(found), "
        + "\"bound\": \(check.bound), \"passed\": \(isWithin)}")
  }
  return passes
}

private func write(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}
