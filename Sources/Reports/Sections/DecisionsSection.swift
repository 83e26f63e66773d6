/// What to do with the scores: operating points, predictive values, referral, sets.
struct DecisionsSection {
  let run: RunReport

  var section: Section { Section(id: "decisions", title: "Decisions", body: body) }

  private var body: HTML {
    Section.missing(
      """
      No operating point was chosen: the most probable class is decided, whatever a miss and a false \
      alarm cost.
      """)
  }
}
