namespace GitOpsGen.Validation.Cel;

/// <summary>The variables of one evaluation, and how much it may still do: a rule of loops in loops is stopped, as on an API server.</summary>
internal sealed class CelScope(CelValue self)
{
    private const int MostSteps = 100_000;

    private readonly List<(string Name, CelValue Value)> variables = [("self", self)];
    private int steps;

    public CelValue this[string name]
    {
        get
        {
            for (var i = variables.Count - 1; i >= 0; i--)
            {
                if (variables[i].Name == name)
                    return variables[i].Value;
            }

            return CelValue.Unsupported($"'{name}' is not known");
        }
    }

    public bool Step() => ++steps <= MostSteps;

    public void Enter(string name, CelValue value) => variables.Add((name, value));

    public void Leave() => variables.RemoveAt(variables.Count - 1);
}
