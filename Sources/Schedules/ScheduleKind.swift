/// The schedules by the names that a command line or configuration file calls them.
public enum ScheduleKind: String, Codable, Sendable, CaseIterable {
  /// The base rate, always.
  case constant
  /// Falls at milestones.
  case step
  /// Half a cosine.
  case cosine
  /// Falls when the watched metric stops getting better.
  case plateau

  /// - Parameter name: one of the names.
  /// - Throws: `ScheduleKindError` if there is no schedule of that name.
  public init(named name: String) throws(ScheduleKindError) {
    guard let kind = ScheduleKind(rawValue: name) else { throw .unknown(name) }
    self = kind
  }
}

/// Why a schedule could not be chosen.
public enum ScheduleKindError: Error, Equatable, CustomStringConvertible {
  /// No schedule is called this.
  case unknown(String)

  /// What was passed and what is known.
  public var description: String {
    switch self {
    case .unknown(let name):
      "no schedule is called '\(name)'; expected one of: "
        + ScheduleKind.allCases.map(\.rawValue).joined(separator: ", ")
    }
  }
}
