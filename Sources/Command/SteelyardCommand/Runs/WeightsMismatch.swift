package import Networks
import Torch
package import Weights

/// Weights that are not of the network that is trained, and the network that they are of.
package struct WeightsMismatch: Error, Equatable, CustomStringConvertible {
  /// What does not fit.
  package let error: WeightsError
  /// The network that they fit, if one does.
  package let fitting: String?
  /// Where none fits, the network that has most in common with them, in words.
  package let nearest: String?

  /// - Parameters:
  ///   - error: why they do not fit.
  ///   - weights: what the file holds.
  ///   - input: what the network looks at; only such others are tried.
  ///   - inputs: channels or width that it was made for; `nil` is that of colour images.
  package init(
    _ error: WeightsError, _ weights: StateDict, of input: InputForm = .images, inputs: Int? = nil
  ) {
    self.error = error
    guard Self.isOfAnother(error) else {
      (fitting, nearest) = (nil, nil)
      return
    }
    fitting = Self.fitting(weights, input, inputs)
    nearest = fitting == nil ? Self.nearest(weights, input, inputs) : nil
  }

  /// - Parameter error: why they are known to be of another network, before any was tried.
  package init(_ error: WeightsError) {
    (self.error, fitting, nearest) = (error, nil, nil)
  }

  package var description: String {
    if let fitting { return "\(error.description) They are of \(fitting): --model \(fitting)" }
    if case .twin(_, let other, _) = error { return "\(error.description): --model \(other)" }
    return error.description + (nearest.map { " Nearest is \($0)." } ?? "")
  }

  private static func isOfAnother(_ error: WeightsError) -> Bool {
    switch error {
    case .missing, .shape, .differences: true
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
      let (agreeing, all, _) = network.agreement(with: weights)
      guard all > 0, agreeing == all, let report = try? network.loadPretrained(weights) else {
        return nil
      }
      return (architecture.name, report.unexpected.count)
    }.min { $0.unused < $1.unused }?.name
  }

  /// The network that shares most tensors with the weights, of all that it and they have; none with less than a tenth.
  private static func nearest(
    _ weights: StateDict, _ input: InputForm, _ inputs: Int?
  ) -> String? {
    let found = Architectures.of(input).map { architecture in
      let network = architecture.build(
        classes: 1, inputs: inputs, using: Initializer(dtype: .float32, generator: nil))
      let (agreeing, all, given) = network.agreement(with: weights)
      let share = Double(agreeing) / Double(max(all, given, 1))
      return (name: architecture.name, agreeing: agreeing, all: all, share: share)
    }.max { $0.share < $1.share }
    guard let found, found.share >= 0.1 else { return nil }
    return
      "\(found.name), \(found.agreeing) of whose \(found.all) tensors before the last layer are in the file"
  }
}
