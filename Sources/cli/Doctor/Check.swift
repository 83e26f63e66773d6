/// What the doctor found out about one part of the set-up.
package struct Check: Codable, Equatable, Sendable {
  /// How the part is.
  package enum Status: String, Codable, Sendable {
    case ok
    /// Works, but something a person may miss is absent.
    case limited
    /// Does not work.
    case failed
  }

  package var name: String
  package var status: Status
  /// What was found.
  package var found: String
  /// What to do about it; present unless all is well.
  package var fix: String?

  package init(_ name: String, _ status: Status, _ found: String, fix: String? = nil) {
    (self.name, self.status, self.found, self.fix) = (name, status, found, fix)
  }
}

/// The doctor's findings.
package struct Checkup: Codable, Equatable, Sendable {
  package var checks: [Check]
  /// Whether nothing failed.
  package var healthy: Bool

  package init(_ checks: [Check]) {
    self.checks = checks
    healthy = checks.allSatisfy { $0.status != .failed }
  }
}
