/// The base rate, always.
public struct Constant: Schedule, Equatable {
  /// Makes the schedule.
  public init() {}

  /// 1.
  public func callAsFunction(_ progress: Double) -> Double { 1 }
}
