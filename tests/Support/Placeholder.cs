namespace Mpp.Support; internal static class Placeholder;
