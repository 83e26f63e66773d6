internal import CImaging

/// How the pixels of one axis mix into fewer or more: a filter, widened by the reduction so that every input pixel
/// counts (antialiasing).
///
/// With scale `s = input / output` and width `r = max(s, 1)`, output pixel `i` is centred on
/// `c = (i + 1/2) s` and weighs input pixel `j` by `w((j + 1/2 − c) / r)`, normalised; w is the interpolation's.
/// Weights are fixed-point numbers, so that the result is the same on every processor.
///
/// Source: the resampling of Pillow, whose results these weights reproduce.
package struct ResampleAxis: Sendable {
  /// Of a weight 1: 255 times the sum of the weights' sizes, at most 1.5, fits in 31 bits.
  private static let unit = Double(1 << CI_WEIGHT_BITS)

  /// First input pixel of each output pixel.
  package private(set) var starts: [Int32] = []
  /// Where each output pixel's weights begin; one more at the end.
  package private(set) var offsets: [Int32] = [0]
  package private(set) var weights: [Int32] = []
  /// Output pixels.
  package var count: Int { starts.count }
  /// The most input pixels that an output pixel is mixed of.
  package var mostTaps: Int { zip(offsets, offsets.dropFirst()).map { Int($1 - $0) }.max() ?? 0 }

  /// - Parameters:
  ///   - input: pixels there are
  ///   - output: pixels there will be
  ///   - interpolation: how a value between pixels is found
  package init(from input: Int, to output: Int, _ interpolation: Interpolation = .bilinear) {
    guard interpolation != .nearest else {
      starts = (0..<output).map { Int32(Self.nearest(to: $0, from: input, to: output)) }
      offsets = (0...output).map(Int32.init)
      weights = Array(repeating: Int32(Self.unit), count: output)
      return
    }
    let scale = Double(input) / Double(output)
    let width = max(scale, 1)
    let radius = interpolation.radius * width
    var raw: [Double] = []
    for i in 0..<output {
      let centre = (Double(i) + 0.5) * scale
      let first = max(0, Int(centre - radius + 0.5))
      let last = min(input, Int(centre + radius + 0.5))
      raw.removeAll(keepingCapacity: true)
      for place in first..<last {
        raw.append(interpolation.weight((Double(place) - centre + 0.5) * (1 / width)))
      }
      let share = 1 / raw.reduce(0, +)
      starts.append(Int32(first))
      for weight in raw {
        weights.append(Int32((weight * share * Self.unit).rounded()))
      }
      offsets.append(Int32(weights.count))
    }
  }

  /// The pixel that the centre of pixel `i` of the result lies in: in whole numbers, so that a centre between two pixels is
  /// one on every processor.
  static func nearest(to i: Int, from input: Int, to output: Int) -> Int {
    (2 * i + 1) * input / (2 * output)
  }
}
