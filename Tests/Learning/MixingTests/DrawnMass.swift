import Batches
import Mixing
import Randomness
import Torch

/// The label mass of 400 large batches of independent rows, drawn by a distribution over five classes a stream, `[5]`.
func drawnMass(_ mixing: any Mixing, of distributions: [[Double]]) -> [Double] {
  var source = RandomSource(seed: 3)
  var mass = [Double](repeating: 0, count: 5)
  for _ in 0..<400 {
    let batches = distributions.map { p in
      let labels = (0..<300).map { _ in
        var point = source.uniform()
        return p.firstIndex { share in
          point -= share
          return point < 0
        } ?? 4
      }
      return Batch(inputs: Tensor.zeros([300, 1]), target: Target(labels))
    }
    for (c, m) in mixing(batches, using: &source).target.massPerClass(5).enumerated() {
      mass[c] += m / 120_000
    }
  }
  return mass
}
