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
}
