import Schedules
import TestSupport

/// `Goldens/Schedules/schedules.json`: factors of the base rate, one an epoch.
struct GoldenRates: Decodable {
  struct PlateauTrace: Decodable, Sendable {
    var mode: String, factor: Double, patience: Int, threshold: Double, minimum: Double
    var values: [Double], rates: [Double]
  }
  enum CodingKeys: String, CodingKey {
    case epochs, constant, cosine, milestones, every, timm, plateaus
    case cosineFloor = "cosine-floor"
    case warmupCosine = "warmup-cosine"
  }

  var epochs: Int
  var constant: [Double], cosine: [Double], cosineFloor: [Double], milestones: [Double]
  var every: [Double], warmupCosine: [Double], timm: [Double]
  var plateaus: [PlateauTrace]

  static func load() throws -> GoldenRates { try Golden.load("Schedules/schedules.json") }

  func trace(_ schedule: some Schedule) -> [Double] {
    (0..<epochs).map { schedule(Double($0) / Double(epochs)) }
  }
}
