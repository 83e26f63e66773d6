/// Values of one axis onto a length of the drawing.
package struct Scale {
  package let domain: ClosedRange<Double>
  package let start: Double
  package let end: Double

  package init(_ domain: ClosedRange<Double>, onto start: Double, _ end: Double) {
    // An axis of no extent would divide by zero.
    let room = max(0.5, abs(domain.lowerBound) * 1e-9)
    self.domain =
      domain.lowerBound < domain.upperBound
      ? domain : domain.lowerBound - room...domain.upperBound + room
    (self.start, self.end) = (start, end)
  }

  /// Where a value lies; what is outside the domain lies at its edge.
  package func callAsFunction(_ value: Double) -> Double {
    let inside = min(max(value, domain.lowerBound), domain.upperBound)
    return start
      + (inside - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * (end - start)
  }

  /// Distance between ticks: 1, 2 or 5 times a power of ten, so that there are about `count`.
  package func step(_ count: Int) -> Double {
    let rough = (domain.upperBound - domain.lowerBound) / Double(max(1, count))
    var power = 1.0
    while power > rough { power /= 10 }
    while power * 10 <= rough { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? power * 10
  }

  /// Round values within the domain.
  package func ticks(_ count: Int) -> [Double] {
    let step = step(count)
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }
}
