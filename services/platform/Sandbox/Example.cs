using System.Text.Json.Nodes;

namespace Mpp.Sandbox;

/// <summary>Something that can be tried with people of the sandbox.</summary>
/// <param name="Code">What they are good for: kebab-case, unique.</param>
/// <param name="Package">The package to file.</param>
/// <param name="Outcome">What comes of it.</param>
/// <param name="People">Those of a population with whom it can be tried.</param>
public sealed record Example(
    string Code, string Package, string Outcome, Func<IReadOnlyList<Person>, IEnumerable<ExamplePerson>> People);

/// <summary>Somebody to try something with.</summary>
/// <param name="Person">Who; for parents, the mother.</param>
/// <param name="Input">The parts of the package's form that are about them. The reader fills in the rest.</param>
public sealed record ExamplePerson(Person Person, JsonObject Input);
