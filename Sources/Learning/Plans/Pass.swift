public import Networks
import Requirements
public import Torch

/// What an objective may do with a network during one step.
///
/// Passes repeat themselves: the session makes a new `Pass` of the same step where it needs the gradients
/// again, and it draws the same dropout.
public protocol Pass {
  /// The features of inputs.
  ///
  /// - Parameters:
  ///   - inputs: of images `[N, 3, H, W]`.
  ///   - branches: which branches, in this order; `nil` is all.
  ///   - mode: learning, learning without a trace, or evaluating.
  /// - Returns: `[N, F]` of each branch.
  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor]

  /// The logits of features.
  ///
  /// - Parameters:
  ///   - features: `[N, F]` of every branch.
  ///   - mode: as in ``features(_:branches:_:)``.
  /// - Returns: `[N, C]` of each head.
  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor]

  /// What a contrast compares: the features of all branches, projected.
  ///
  /// - Parameters:
  ///   - features: `[N, F]` of every branch.
  ///   - mode: as in ``features(_:branches:_:)``.
  /// - Returns: `[N, D]`, of any length row by row.
  /// - Precondition: the network has a projection.
  func projection(of features: [Tensor], _ mode: Mode) -> Tensor

  /// What is said of a projection that that of another view is.
  ///
  /// - Parameters:
  ///   - projection: `[N, D]`.
  ///   - mode: as in ``features(_:branches:_:)``.
  /// - Returns: `[N, D]`, of any length row by row.
  /// - Precondition: the network has a predictor.
  func prediction(of projection: Tensor, _ mode: Mode) -> Tensor

  /// How many places on the way to the features may be changed; 0 where none may.
  var hiddenPlaces: Int { get }

  /// Features with the hidden ones at one place changed on the way.
  ///
  /// - Parameters:
  ///   - inputs: of images `[N, 3, H, W]`.
  ///   - place: where: 0 is the inputs, the others are numbered in order.
  ///   - mode: as in ``features(_:branches:_:)``.
  ///   - change: hidden features `[N, …]` to as many of the same shape, in the graph.
  /// - Returns: `[N, F]` of every branch.
  /// - Precondition: `place` is in `0...hiddenPlaces`.
  func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor]
  /// Where the classes are in the space of the projection.
  ///
  /// - Parameter mode: as in ``features(_:branches:_:)``.
  /// - Returns: `[C, D]`, of any length row by row.
  /// - Precondition: the network has such centres.
  func centres(_ mode: Mode) -> Tensor

  /// Whether rows need another expert, after every one but the last.
  ///
  /// - Parameters:
  ///   - features: `[N, F]` of every branch.
  ///   - heads: `[N, C]` of each head.
  ///   - mode: as in ``features(_:branches:_:)``.
  /// - Returns: scores, above 0 where the next expert is to be asked, `[N]` of each expert but the last.
  /// - Precondition: the network has a router.
  func routing(of features: [Tensor], _ heads: [Tensor], _ mode: Mode) -> [Tensor]

  /// A pass through the stage's teacher, without gradients; `nil` where the stage has none.
  var teacher: (any Pass)? { get }

  /// The one answer of several heads, `[N, C]`.
  func answer(_ heads: [Tensor]) -> Tensor

  /// Scores of the classes, whose softmax are their probabilities: the answer, decoded.
  ///
  /// - Parameters:
  ///   - answer: `[N, outputs]`, or images where the network gives images.
  ///   - pixels: the inputs in 0…1, which such images are compared with.
  /// - Returns: `[N, C]`.
  func scores(of answer: Tensor, pixels: Tensor) -> Tensor

  /// The gradient of a number with respect to an input; no parameter's gradient changes.
  ///
  /// - Parameters:
  ///   - value: `[]`, made from `inputs`.
  ///   - inputs: what `value` was made from; requires a gradient.
  /// - Returns: of the shape of `inputs`.
  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor
}

extension Pass {
  /// The answer, `[N, C]`, which says a logit for each class.
  public func scores(of answer: Tensor, pixels: Tensor) -> Tensor { answer }

  /// None.
  public var teacher: (any Pass)? { nil }

  /// Stops the program: a pass without a projection was asked for one. Others give `[N, D]`.
  ///
  /// - Precondition: the pass has a projection, and so its own function in place of this one.
  public func projection(of features: [Tensor], _ mode: Mode) -> Tensor {
    requirementFailed("Pass.projection: expected a pass with a projection, got \(type(of: self))")
  }

  /// Stops the program: a pass without a predictor was asked for one. Others give `[N, D]`.
  ///
  /// - Precondition: the pass has a predictor, and so its own function in place of this one.
  public func prediction(of projection: Tensor, _ mode: Mode) -> Tensor {
    requirementFailed("Pass.prediction: expected a pass with a predictor, got \(type(of: self))")
  }

  /// Stops the program: a pass without a router was asked for one. Others give `[N]` of each expert
  /// but the last.
  ///
  /// - Precondition: the pass has a router, and so its own function in place of this one.
  public func routing(of features: [Tensor], _ heads: [Tensor], _ mode: Mode) -> [Tensor] {
    requirementFailed("Pass.routing: expected a pass with a router, got \(type(of: self))")
  }

  /// None.
  public var hiddenPlaces: Int { 0 }

  /// Changes the inputs, and gives the features `[N, F]` of every branch.
  ///
  /// - Precondition: `place` is 0: a pass without hidden places can change the inputs alone.
  public func features(
    _ inputs: Inputs, changing place: Int, _ mode: Mode, by change: @escaping (Tensor) -> Tensor
  ) -> [Tensor] {
    require(place == 0, "Pass.features: expected place 0 of \(type(of: self)), got \(place)")
    return features(inputs.with(values: change(inputs.values)), branches: nil, mode)
  }

  /// Stops the program: a pass without centres was asked for them. Others give `[C, D]`.
  ///
  /// - Precondition: the pass has centres, and so its own function in place of this one.
  public func centres(_ mode: Mode) -> Tensor {
    requirementFailed("Pass.centres: expected a pass with centres, got \(type(of: self))")
  }

  /// Features `[N, F]`, logits `[N, C]` of each head, and the answer `[N, C]` to one tensor whose
  /// rows are of equal length.
  public func callAsFunction(_ inputs: Tensor, _ mode: Mode = .learning) -> Outputs {
    self(Inputs(inputs), mode)
  }

  /// Features `[N, F]`, logits `[N, C]` of each head, and the answer `[N, C]`.
  ///
  /// - Parameters:
  ///   - inputs: of images `[N, 3, H, W]`.
  ///   - mode: learning unless said otherwise.
  public func callAsFunction(_ inputs: Inputs, _ mode: Mode = .learning) -> Outputs {
    let features = features(inputs, branches: nil, mode)
    let heads = logits(of: features, mode)
    return Outputs(features: features, heads: heads, logits: answer(heads))
  }
}
