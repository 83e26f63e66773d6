import Reports
import Testing

@Suite struct ScaleTests {
  @Test func `values lie between the ends, and outside at the edge`() {
    let scale = Scale(0...2, onto: 10, 110)
    #expect(scale(0) == 10 && scale(1) == 60 && scale(2) == 110)
    #expect(scale(-5) == 10 && scale(5) == 110)
  }

  @Test func `a vertical scale runs the other way`() {
    let scale = Scale(0...1, onto: 200, 20)
    #expect(scale(0) == 200 && scale(1) == 20)
  }

  @Test func `a domain of one value is widened, not divided by`() {
    #expect(Scale(3...3, onto: 0, 10)(3) == 5)
  }

  @Test(arguments: [(0.0...1.0, 4), (0...0.0007, 4), (1...12, 4), (-0.3...0.3, 5), (0...2500, 4)])
  func `ticks are round, within, about as many as asked`(domain: ClosedRange<Double>, count: Int) {
    let scale = Scale(domain, onto: 0, 100)
    let (ticks, step) = (scale.ticks(count), scale.step(count))
    #expect((2...count + 2).contains(ticks.count), "\(ticks)")
    for tick in ticks {
      #expect(domain.contains(tick) || abs(tick - domain.upperBound) < step * 1e-6)
      #expect(abs((tick / step).rounded() - tick / step) < 1e-9)
    }
  }

  @Test func `steps are 1, 2 or 5 times a power of ten`() {
    #expect(Scale(0...1, onto: 0, 1).step(4) == 0.5)
    #expect(Scale(0...1, onto: 0, 1).step(5) == 0.2)
    #expect(abs(Scale(0...0.0009, onto: 0, 1).step(4) - 0.0005) < 1e-12)
  }
}
