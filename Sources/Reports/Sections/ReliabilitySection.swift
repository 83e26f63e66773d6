/// Whether a probability of 0.8 is right in 8 of 10 cases.
struct ReliabilitySection {
  let run: RunReport

  var section: Section { Section(id: "reliability", title: "Reliability", body: body) }

  private var body: HTML {
    Section.missing(
      "Whether the probabilities can be taken at their word was not measured.",
      command: "steelyard evaluate RUN --data DATA")
  }
}
