using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Mpp.Agency.Prechecks;
using Mpp.Agency.Steps;
using Mpp.Contracts.Payments;
using Mpp.Hosting;
using Mpp.Hosting.Database;

namespace Mpp.Agency;

/// <summary>Makes a web application an agency of the mall.</summary>
public static class AgencyExtensions
{
    /// <summary>The only user of the broker who may ask for steps; also the queue that answers go to.</summary>
    internal const string Coordinator = "applications";

    /// <summary>
    /// Database, messaging, the agency's queue and the step protocol: the one call an agency's Program.cs makes.
    /// </summary>
    /// <param name="builder">The service.</param>
    /// <param name="agency">The agency's code in the catalogue; also the name of its queue.</param>
    /// <param name="configure">Names the services.</param>
    /// <typeparam name="TDbContext">The agency's database; its <c>OnModelCreating</c> calls
    /// <see cref="AddAgency(ModelBuilder)"/>.</typeparam>
    public static WebApplicationBuilder AddAgency<TDbContext>(
        this WebApplicationBuilder builder, string agency, Action<AgencyConfigurator> configure)
        where TDbContext : DbContext
    {
        var configurator = new AgencyConfigurator(agency);
        configure(configurator);
        foreach (var service in configurator.Services)
        {
            builder.Services.TryAddScoped(service);
        }

        builder.Services.AddSingleton(configurator);
        builder.Services.AddSingleton<AgencyServices>();
        builder.Services.AddHostedService<AgencyStart>();
        builder.Services.AddSingleton<DocumentNumbers>();
        builder.Services.AddSingleton<SerialNumbers>();
        builder.Services.AddScoped<StepLookup>();
        builder.Services.AddScoped<StepWorker>();
        builder.Services.AddScoped<StepRows<TDbContext>>();
        builder.Services.AddScoped<IAgencySteps, AgencySteps<TDbContext>>();
        builder.Services.AddSingleton(DatabaseScripts.Of("agency", typeof(AgencyExtensions).Assembly));
        builder.AddDatabase<TDbContext>();
        builder.AddMessaging<TDbContext>(agency, messaging =>
        {
            messaging.Queue(agency, queue => queue.InBatches<StepClaims>()
                .Consumer<StepRequestConsumer<TDbContext>>()
                .Consumer<ContinueStepConsumer<TDbContext>>()
                .Consumer<CancelStepConsumer<TDbContext>>()
                .Consumer<ExtendStepConsumer<TDbContext>>()
                .Consumer<EraseStepConsumer<TDbContext>>()
                .Consumer<ReplyRejectedConsumer<TDbContext>>()
                .From<StepRequest>(Coordinator)
                .From<FeePaid>(Coordinator)
                .From<StepDeemedGranted>(Coordinator)
                .From<StepDeadlineExtended>(Coordinator)
                .From<CancelStep>(Coordinator)
                .From<EraseStep>(Coordinator)
                .From<ReplyRejected>(Coordinator));
            messaging.Questions<PrecheckConsumer<TDbContext>>($"{agency}-prechecks", from: Coordinator);
            configurator.Messaging?.Invoke(messaging);
        });
        return builder;
    }

    /// <summary>
    /// Maps the kit's and messaging's tables. Call it in <c>OnModelCreating</c>; migrations leave them out.
    /// </summary>
    /// <param name="model">The agency's model.</param>
    public static ModelBuilder AddAgency(this ModelBuilder model) =>
        model.ApplyConfiguration(new StepMapping()).AddMessaging();
}

/// <summary>The services of an agency.</summary>
public sealed class AgencyConfigurator
{
    private readonly List<Type> _services = [];

    internal AgencyConfigurator(string agency) => Agency = agency;

    internal string Agency { get; }

    internal IReadOnlyList<Type> Services => _services;

    internal Action<MessagingConfigurator>? Messaging { get; private set; }

    /// <summary>Adds a service; it is created in a scope of its own for every step.</summary>
    public AgencyConfigurator Service<TService>() where TService : class, IAgencyService
    {
        _services.Add(typeof(TService));
        return this;
    }

    /// <summary>
    /// Adds queues of the agency's own beside that for steps, for example to hear of other agencies' decisions.
    /// </summary>
    /// <param name="configure">Names them.</param>
    public AgencyConfigurator Listen(Action<MessagingConfigurator> configure)
    {
        Messaging += configure;
        return this;
    }
}
