import Requirements
public import Torch

/// The last layer: features `[N, F]` to logits `[N, C]`; of an autoencoder to images.
///
/// A head shows its tensors under their last names alone; the network puts its own name for the head before
/// them (`fc.weight`).
public protocol Head: Layer {
  /// What kind of head it is, so that a saved network can be built again.
  var form: HeadForm { get }
  /// The number of logits, C; of a decoder that of the classes that its error is decoded to.
  var classes: Int { get }
  /// What features are compared with, a row a class, `[C, F]`; shared. `nil` where there is no such thing.
  var classRows: Tensor? { get }
}

extension Head {
  /// None.
  public var classRows: Tensor? { nil }
}

/// A kind of head, as models and checkpoints name it.
public enum HeadForm: Sendable, Equatable, Codable {
  /// z = W f + b.
  case linear
  /// z_c = s · cos(w_c, f).
  case cosine(scale: Double)
  /// z_c = ½ (w_c f + b_c + s · cos(v_c, f)): a linear and a cosine head that answer together.
  case mixed(scale: Double)
  /// z_c = a_c (w_c f + b_c): only the scales a are learned.
  case scaled
  /// z_c = σ (a_c s_c + b_c) + (1 − σ) s_c of the scores s = W f + b_0, with a confidence σ in each row: only a, b and σ
  /// are learned.
  case aligned
  /// Images of so many pixels a side in place of logits: an autoencoder.
  case decoder(side: Int)
  /// Votes of the k nearest of so many training rows; see ``NeighbourHead``.
  case neighbours(_ k: Int, of: Int, temperature: Double, isBalanced: Bool)
  /// Boosted trees in so many bytes of LightGBM's text; see ``TreesHead``.
  case trees(bytes: Int)
  /// Boosted trees of each output in so many bytes; see ``BoostersHead``.
  case boosters(bytes: Int)
  /// z_k = wᵀf + b_k: one direction for all thresholds of ordered classes; see ``ThresholdHead``.
  case thresholds
  /// A head of the library's user; a saved network cannot be built again from its name.
  case custom(String)
}

/// What an architecture calls its head, and how the head begins.
public struct HeadStyle: Sendable, Equatable {
  /// Dotted name: `fc`.
  public var name: String
  /// How the weight is stored.
  public var form = Linear.Form.matrix
  /// First values of the weight.
  public var distribution = Initializer.Distribution.uniformFanIn
  /// First values of the bias.
  public var bias = Linear.Bias.uniform

  /// A style.
  ///
  /// - Parameters:
  ///   - name: dotted name: `fc`.
  ///   - form: how the weight is stored.
  ///   - distribution: first values of the weight.
  ///   - bias: first values of the bias.
  public init(
    name: String, form: Linear.Form = .matrix,
    distribution: Initializer.Distribution = .uniformFanIn, bias: Linear.Bias = .uniform
  ) {
    (self.name, self.form) = (name, form)
    (self.distribution, self.bias) = (distribution, bias)
  }

  /// An untrained head of a kind.
  ///
  /// - Parameters:
  ///   - kind: linear, cosine, mixed, scaled, aligned, thresholds, a decoder, or neighbours, trees or boosters, which are then to be read from a file.
  ///   - features: length of a feature vector.
  ///   - classes: logits, at least 1.
  ///   - dropout: share of features dropped before it in training, in `0..<1`.
  ///   - initializer: makes the tensors.
  /// - Precondition: `kind` is one of the library's own.
  public func head(
    _ kind: HeadForm, features: Int, classes: Int, dropout: Double = 0,
    using initializer: Initializer
  ) -> any Head {
    let linear = {
      LinearHead(
        features: features, classes: classes, style: self, dropout: dropout, using: initializer)
    }
    switch kind {
    case .linear: return linear()
    case .cosine(let scale):
      return CosineHead(features: features, classes: classes, scale: scale, using: initializer)
    case .mixed(let scale):
      return MixedHead(
        linear(),
        CosineHead(features: features, classes: classes, scale: scale, using: initializer))
    case .scaled: return ScaledHead(linear(), using: initializer)
    case .aligned: return AlignedHead(linear(), features: features, using: initializer)
    case .decoder(let side):
      return DecoderHead(features: features, classes: classes, side: side, using: initializer)
    case .neighbours(let k, let rows, let temperature, let isBalanced):
      return NeighbourHead(
        features: features, classes: classes, rows: rows, neighbours: k, temperature: temperature,
        isBalanced: isBalanced, using: initializer)
    case .trees(let bytes):
      return TreesHead(classes: classes, bytes: bytes, using: initializer)
    case .boosters(let bytes):
      return BoostersHead(outputs: classes, bytes: bytes, using: initializer)
    case .thresholds:
      return ThresholdHead(
        features: features, classes: classes, dropout: dropout, using: initializer)
    case .custom(let name):
      requirementFailed("HeadStyle.head: expected a head of the library's own, got '\(name)'")
    }
  }
}
