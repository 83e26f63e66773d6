package import Console

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

/// The doctor's inputs.
package struct Checkup: Codable, Equatable, Sendable {
  package var checks: [Check]
  /// Whether nothing failed.
  package var healthy: Bool

  package init(_ checks: [Check]) {
    self.checks = checks
    healthy = checks.allSatisfy { $0.status != .failed }
  }

  /// The inputs for a terminal: a line each, with the fix below it.
  package func text(style: Style) -> String {
    checks.map { check in
      let status =
        style(check.status.rawValue, check.status.color)
        + String(repeating: " ", count: 9 - check.status.rawValue.count)
      let name = check.name + String(repeating: " ", count: max(1, 13 - check.name.count))
      let fix = check.fix.map { String(repeating: " ", count: 22) + style("→ \($0)", .cyan) + "\n" }
      return "\(status)\(name)\(check.found)\n\(fix ?? "")"
    }.joined()
  }
}

extension Check.Status {
  fileprivate var color: Style.Attribute {
    switch self {
    case .ok: .green
    case .limited: .yellow
    case .failed: .red
    }
  }
}
