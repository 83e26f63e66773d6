import Imaging
import Randomness

/// One picture of the demonstration set: the cell that gives the class near the middle, and around
/// it what makes the task hard: parts of neighbours and specks of dirt, in every class alike.
struct Scene: Sendable {
  var cells: [Cell]
  var specks: [Speck]
  var lighting: Lighting

  /// A grain of dirt.
  struct Speck: Sendable {
    var center: Point
    var radius: Double
    var density: Double
  }

  init(of kind: CellKind, using generator: inout RandomSource) {
    let middle = Point(
      x: 0.5 + generator.uniform(in: -0.08...0.08), y: 0.5 + generator.uniform(in: -0.08...0.08))
    cells = [Cell(kind, at: middle, using: &generator)]
    for _ in 0..<generator.below(3) { cells.append(Self.neighbor(using: &generator)) }
    specks = (0..<generator.below(5)).map { _ in
      Speck(
        center: Point(x: generator.uniform(), y: generator.uniform()),
        radius: generator.uniform(in: 0.012...0.04), density: generator.uniform(in: 0.2...0.7))
    }
    lighting = Lighting(using: &generator)
  }

  /// A cell of any kind that reaches into the picture from beyond its edge.
  private static func neighbor(using generator: inout RandomSource) -> Cell {
    let kinds = CellKind.allCases
    let kind = kinds[generator.below(kinds.count)]
    let along = generator.uniform()
    let beyond = generator.uniform(in: 0.08...0.2)
    let place =
      switch generator.below(4) {
      case 0: Point(x: along, y: -beyond)
      case 1: Point(x: along, y: 1 + beyond)
      case 2: Point(x: -beyond, y: along)
      default: Point(x: 1 + beyond, y: along)
      }
    return Cell(kind, at: place, using: &generator)
  }

  /// Draws the scene, `side` pixels square.
  func image(side: Int, using generator: inout RandomSource) -> Image {
    let pixel = 1 / Double(side)
    var canvas = Canvas(side: side) { point in
      lighting.color(at: point, transmission: transmission(at: point, pixel: pixel))
    }
    canvas.blur(radius: lighting.blur)
    canvas.addNoise(lighting.noise, using: &generator)
    return canvas.image
  }

  /// The part of the light that passes cells and dirt, by channel.
  private func transmission(at point: Point, pixel: Double) -> [Double] {
    var clear = [1.0, 1, 1]
    for cell in cells {
      let density = cell.density(at: point, pixel: pixel)
      guard density > 0 else { continue }
      for c in 0..<3 { clear[c] *= max(1 - density * lighting.stain[c] * cell.tint[c], 0) }
    }
    for speck in specks {
      let (x, y) = (point.x - speck.center.x, point.y - speck.center.y)
      let distance = (x * x + y * y).squareRoot() - speck.radius
      let cover = speck.density * min(max(0.5 - distance / pixel, 0), 1)
      for c in 0..<3 { clear[c] *= 1 - cover * lighting.stain[c] }
    }
    return clear
  }
}
