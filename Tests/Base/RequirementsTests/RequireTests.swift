import Requirements
import Testing

@Suite("require")
struct RequireTests {
  @Test("says its message in a release build too, and where it was called")
  func message() async throws {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      require(1 + 1 == 3, "sum: expected 3, got 2")
    }
    let words = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(words.contains("RequireTests.swift"))
    #expect(words.contains("sum: expected 3, got 2"))
  }

  @Test("makes no message while the condition holds")
  func lazy() {
    var made = 0
    func message() -> String {
      made += 1
      return "never read"
    }
    require(made == 0, message())
    #expect(made == 0)
  }
}
