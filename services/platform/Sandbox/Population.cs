namespace Mpp.Sandbox;

/// <summary>A thousand people in families of region 74.02, the same on every machine and every day.</summary>
public static class Population
{
}
