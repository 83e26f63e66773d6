package import Networks
import Torch
package import Weights

/// Weights that are not of the network that is trained, and the network that they are of.
package struct WeightsMismatch: Error, Equatable, CustomStringConvertible {
  /// What does not fit.
  package let error: WeightsError
  /// The network that they fit, if one does.
  package let fitting: String?

  /// - Parameters:
  ///   - error: why they do not fit.
  ///   - weights: what the file holds.
  ///   - input: what the network looks at; only such others are tried.
  ///   - inputs: channels or width that it was made for; `nil` is that of colour images.
  package init(
    _ error: WeightsError, _ weights: StateDict, of input: InputForm = .images, inputs: Int? = nil
  ) {
    self.error = error
    fitting = Self.isOfAnother(error) ? Self.fitting(weights, input, inputs) : nil
  }

  package var description: String {
    error.description + (fitting.map { " They are of \($0): --model \($0)" } ?? "")
  }

  private static func isOfAnother(_ error: WeightsError) -> Bool {
    switch error {
    case .missing, .shape: true
    default: false
    }
  }

  /// The network with a place for the most of the tensors, among those that find all they need: a deeper
  /// network's file holds a shallower one's names as well.
  private static func fitting(
    _ weights: StateDict, _ input: InputForm, _ inputs: Int?
  ) -> String? {
    Architectures.of(input).compactMap { architecture -> (name: String, unused: Int)? in
      let network = architecture.build(
        classes: 1, inputs: inputs, using: Initializer(dtype: .float32, generator: nil))
      guard let report = try? network.loadPretrained(weights) else { return nil }
      return (architecture.name, report.unexpected.count)
    }.min { $0.unused < $1.unused }?.name
  }
}
