import Foundation
import Requirements
public import Torch

/// How far features and last layer have collapsed: whether each class is a point, whether the points lie as far from each
/// other as they can, and whether the last layer is made of them.
///
/// ```text
/// NC1 = tr(Σ_W Σ_B⁺) / C,   Σ_W = mean_c mean_{i in c} (h_i − μ_c)(h_i − μ_c)ᵀ,   Σ_B = mean_c m_c m_cᵀ
/// m_c = μ_c − μ,  μ = mean_c μ_c;   equinorm = std_c ‖m_c‖ / mean_c ‖m_c‖
/// equiangle = std_{c≠c'} cos(m_c, m_c'),   maximal angle = mean_{c≠c'} |cos(m_c, m_c') + 1/(C − 1)|
/// NC3 = ‖ W/‖W‖_F − M/‖M‖_F ‖_F²,   M the rows m_c
/// ```
///
/// All are 0 at full collapse. Every class counts alike, however many rows it has; for balanced classes these are the
/// numbers of the paper. The smallest angle between two rare classes is that of a simplex where rare classes are kept
/// apart, and goes to 0 where they fall together, which imbalance brings about.
///
/// Sources: Papyan, Han, Donoho, "Prevalence of Neural Collapse during the Terminal Phase of Deep Learning Training", PNAS
/// 2020; Fang, He, Long, Su, "Exploring Deep Neural Networks via Layer-Peeled Model: Minority Collapse in Imbalanced
/// Training", PNAS 2021 (rare classes).
public struct NeuralCollapse: Sendable, Equatable, Codable {
  /// NC1, at least 0; `nil` where all means are one point.
  public var variability: Double?
  /// NC2, how unequal the lengths are, at least 0; `nil` where all are 0.
  public var equinorm: Double?
  /// NC2, how unequal the cosines are, at least 0; `nil` with fewer than two classes, and where all means are one point.
  public var equiangle: Double?
  /// NC2, how far cosines are from those of a simplex, at least 0; `nil` as ``equiangle``.
  public var maximalAngle: Double?
  /// NC3, in 0…4; `nil` without a last layer with a row a class, or of another width.
  public var duality: Double?
  /// Smallest angle between the means of two rare classes, in degrees; `nil` with fewer than two of them, and where all
  /// means are one point.
  public var rareAngle: Double?
  /// Smallest angle between the rows of the last layer of two rare classes, in degrees.
  public var rareWeightAngle: Double?

  /// The measures of features.
  ///
  /// - Parameters:
  ///   - features: h, `[N, F]`.
  ///   - labels: class of each row, `[N]`, each in `0..<C`.
  ///   - counts: rows of each class in training, `[C]`; the rarer half are the rare classes, of equal ones the later.
  ///   - weights: W, `[C, F]`; `nil` where there is none.
  /// - Precondition: the shapes fit, and every class has a row.
  public init(_ features: Tensor, _ labels: [Int], counts: [Int], weights: Tensor?) {
    let classes = counts.count
    require(
      features.rank == 2 && features.shape[0] == labels.count
        && Set(labels) == Set(0..<classes),
      "NeuralCollapse: expected features [\(labels.count), F] of \(classes) classes, each with a row, "
        + "got \(features.shape) and \(Set(labels).count) classes")
    let h = features.detached().moved(to: .cpu).to(.float64)
    let members = Tensor(labels.map(Int64.init), shape: [labels.count])
    let shares = members.oneHot(classes: classes).to(.float64)
    let sizes = shares.sum(dims: [0]).unsqueezed(1)
    let means = shares.transposed(0, 1).matmul(h) / sizes
    let centred = means - means.mean(dims: [0], keepDims: true)
    let within = h - means.indexSelect(dim: 0, members)
    let weightOfRow = (1 / sizes.squeezed(1)).indexSelect(dim: 0, members).unsqueezed(1)
    let lengths = centred.square().sum(dims: [1]).sqrt()
    let mean = lengths.mean().item()

    let gram = centred.matmul(centred.transposed(0, 1))
    if gram.abs().amax().item() > 0 {
      // tr(Σ_W Σ_B⁺) by Gram's matrix of the means, C × C, whatever the number of features. The means sum to 0, so that
      // Gram's matrix has no inverse along (1, …, 1), nor is there anything in that direction: it is filled up.
      let full = gram + centred.square().sum().item() / Double(classes * classes)
      let turned = within.matmul(centred.transposed(0, 1)).matmul(full.pseudoInverse())
      variability = (turned.square() * weightOfRow).sum().item() / Double(classes)
    }
    if mean > 0 { equinorm = Self.deviation(lengths.scalars()) / mean }
    let directions = Self.cosines(centred)
    let pairs = (0..<classes).flatMap { a in
      (0..<classes).filter { $0 != a }.map { directions[a * classes + $0] }
    }
    if !pairs.isEmpty && mean > 0 {
      equiangle = Self.deviation(pairs)
      let ideal = -1 / Double(classes - 1)
      maximalAngle = pairs.reduce(0) { $0 + abs($1 - ideal) } / Double(pairs.count)
    }
    let rare = Self.rare(counts)
    if mean > 0 { rareAngle = Self.smallestAngle(directions, rare, of: classes) }
    guard let weights = weights?.detached().moved(to: .cpu).to(.float64),
      weights.shape == centred.shape
    else { return }
    let (a, b) = (weights.norm().item(), centred.norm().item())
    if a > 0 && b > 0 { duality = (weights / a - centred / b).square().sum().item() }
    if a > 0 { rareWeightAngle = Self.smallestAngle(Self.cosines(weights), rare, of: classes) }
  }

  /// The rarer half of the classes, ⌊C/2⌋ of them; of equal ones the later.
  static func rare(_ counts: [Int]) -> [Int] {
    counts.indices.sorted { counts[$0] != counts[$1] ? counts[$0] < counts[$1] : $0 > $1 }
      .prefix(counts.count / 2).sorted()
  }

  private static func cosines(_ rows: Tensor) -> [Double] {
    let unit = rows.unitRows()
    return unit.matmul(unit.transposed(0, 1)).scalars()
  }

  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
  }

  private static func smallestAngle(_ cosines: [Double], _ rare: [Int], of classes: Int) -> Double?
  {
    rare.flatMap { a in rare.filter { $0 > a }.map { cosines[a * classes + $0] } }.max()
      .map { acos(min(max($0, -1), 1)) * 180 / .pi }
  }
}
