import Networks
import Requirements

extension Network {
  /// The heads, which must be linear.
  ///
  /// - Parameters:
  ///   - edit: who asks.
  ///   - outputs: how many outputs each must have; nil for any number.
  /// - Precondition: all heads are linear, with so many outputs.
  func linearHeads(for edit: String, outputs: Int? = nil) -> [LinearHead] {
    heads.map { head in
      guard let linear = head as? LinearHead, outputs == nil || head.classes == outputs else {
        requirementFailed(
          outputs.map {
            "\(edit): expected linear heads of \($0) outputs, got \(head.form) of \(head.classes)"
          } ?? "\(edit): expected linear heads, got \(head.form)")
      }
      return linear
    }
  }
}
