// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/environmentimport.h"

#include "api/pastedtext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace diptych {

namespace {

using Kind = Endpoint::Kind;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::EnvironmentImport", text);
}

/// A set of variables that belong together.
struct VariableGroup {
    QStringList url {}; ///< the first that is set counts
    QStringList key {};
    QStringList model {};
    QStringList version {};
    QString defaultUrl {}; ///< of the public service, when only a key is set
    QString name {}; ///< of the endpoint; empty: as recognised
    const ProviderDescriptor *native = nullptr; ///< what the URL is, whatever it looks like
    bool isHost = false; ///< the URL may be an address to listen at, as OLLAMA_HOST is
};

QStringList list(std::initializer_list<const char *> names)
{
    QStringList result;
    for (const char *name : names)
        result.append(QString::fromLatin1(name));
    return result;
}

std::vector<VariableGroup> azureGroups()
{
    return {
        {.url = list({"AZURE_AI_CHAT_ENDPOINT"}),
            .key = list({"AZURE_AI_CHAT_KEY"}),
            .model = list({"AZURE_AI_CHAT_MODEL", "AZURE_AI_CHAT_DEPLOYMENT_NAME"})},
        {.url = list({"AZURE_AI_EMBEDDINGS_ENDPOINT"}),
            .key = list({"AZURE_AI_EMBEDDINGS_KEY"}),
            .model = list({"AZURE_AI_EMBEDDINGS_MODEL"})},
        {.url = list({"AZURE_AI_IMAGE_EMBEDDINGS_ENDPOINT"}),
            .key = list({"AZURE_AI_IMAGE_EMBEDDINGS_KEY"}),
            .model = list({"AZURE_AI_IMAGE_EMBEDDINGS_MODEL"})},
        {.url = list({"AZURE_INFERENCE_ENDPOINT"}),
            .key = list({"AZURE_INFERENCE_CREDENTIAL", "AZURE_INFERENCE_KEY"}),
            .model = list({"AZURE_INFERENCE_MODEL"})},
        {.url = list({"AZURE_OPENAI_CHAT_ENDPOINT"}),
            .key = list({"AZURE_OPENAI_CHAT_KEY"}),
            .model = list({"AZURE_OPENAI_CHAT_DEPLOYMENT"})},
        {.url = list({"AZURE_OPENAI_EMBEDDINGS_ENDPOINT"}),
            .key = list({"AZURE_OPENAI_EMBEDDINGS_KEY"}),
            .model = list({"AZURE_OPENAI_EMBEDDINGS_DEPLOYMENT"})},
        {.url = list({"AZURE_OPENAI_ENDPOINT"}),
            .key = list({"AZURE_OPENAI_API_KEY", "AZURE_OPENAI_KEY"}),
            .model = list({"AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"}),
            .version = list({"AZURE_OPENAI_API_VERSION", "OPENAI_API_VERSION"})},
    };
}

std::vector<VariableGroup> serviceGroups()
{
    const auto service = [](const char *key, const char *url, const char *name) {
        return VariableGroup {
            .key = list({key}), .defaultUrl = QString::fromLatin1(url), .name = QString::fromLatin1(name)};
    };
    return {
        {.url = list({"OPENAI_BASE_URL", "OPENAI_API_BASE"}),
            .key = list({"OPENAI_API_KEY"}),
            .model = list({"OPENAI_MODEL"}),
            .defaultUrl = QStringLiteral("https://api.openai.com/v1")},
        service("MISTRAL_API_KEY", "https://api.mistral.ai/v1", "Mistral"),
        service("GROQ_API_KEY", "https://api.groq.com/openai/v1", "Groq"),
        service("OPENROUTER_API_KEY", "https://openrouter.ai/api/v1", "OpenRouter"),
        service("DEEPSEEK_API_KEY", "https://api.deepseek.com/v1", "DeepSeek"),
        service("TOGETHER_API_KEY", "https://api.together.xyz/v1", "Together"),
        service("XAI_API_KEY", "https://api.x.ai/v1", "xAI"),
        service("FIREWORKS_API_KEY", "https://api.fireworks.ai/inference/v1", "Fireworks"),
        service("HF_TOKEN", "https://router.huggingface.co/v1", "Hugging Face"),
    };
}

/// A local server's address and the key of the service of the same make are two endpoints.
std::vector<VariableGroup> nativeGroups(std::span<const ProviderDescriptor> descriptors)
{
    std::vector<VariableGroup> groups;
    for (const ProviderDescriptor &descriptor : descriptors) {
        if (descriptor.baseUrl.isEmpty())
            continue; // covered by the kinds of Azure and OpenAI
        VariableGroup group {.url = descriptor.urlVariables,
            .key = descriptor.keyVariables,
            .defaultUrl = descriptor.baseUrl,
            .name = descriptor.displayName,
            .native = &descriptor};
        if (descriptor.localPort == 0) {
            groups.push_back(group);
            continue;
        }
        groups.push_back({.url = group.url, .name = group.name, .native = &descriptor, .isHost = true});
        if (!descriptor.hosts.isEmpty()) {
            group.url.clear();
            group.defaultUrl = QString(u"https://" % descriptor.hosts.front());
            group.name = descriptor.hosts.front();
            groups.push_back(group);
        }
    }
    return groups;
}

class EnvironmentReader
{
public:
    EnvironmentReader(const QProcessEnvironment &environment, std::span<const ProviderDescriptor> descriptors)
        : m_environment(environment)
        , m_descriptors(descriptors)
    {
    }

    void take(const VariableGroup &group)
    {
        EnvironmentProposal found;
        const QString urlVariable = firstSet(group.url);
        const QString keyVariable = firstSet(group.key);
        const QString url = urlVariable.isEmpty() ? group.defaultUrl : value(urlVariable);
        // A service without its key is no news; a server without one may need none.
        if (url.isEmpty() || (urlVariable.isEmpty() && keyVariable.isEmpty()))
            return;
        Result<EndpointProposal> proposal = urlOf(group, url);
        if (!proposal) {
            m_import.problems.append(translated("%1 holds no address of a server.").arg(urlVariable));
            return;
        }
        found.proposal = std::move(*proposal);
        if (!urlVariable.isEmpty()) {
            found.variables.append(urlVariable);
            found.proposal.changes.prepend(translated("The URL is that of %1.").arg(urlVariable));
        }
        takeKey(found, keyVariable);
        takeModel(found, firstSet(group.model));
        takeVersion(found, firstSet(group.version));
        if (!group.name.isEmpty() && urlVariable.isEmpty())
            found.proposal.endpoint.name = group.name;
        add(found);
    }

    /// A URL without its own key may be reached with a token; a key without a URL leads nowhere.
    void tellLonelyKeys(const VariableGroup &group)
    {
        const QString key = firstSet(group.key);
        if (!key.isEmpty() && firstSet(group.url).isEmpty())
            m_import.problems.append(
                translated("%1 is set, but %2, which says where to send it, is not.").arg(key, group.url.value(0)));
    }

    EnvironmentImport result() && { return std::move(m_import); }

private:
    [[nodiscard]] QString value(const QString &variable) const
    {
        QString text = m_environment.value(variable).trimmed();
        // Files of variables are sometimes read with their quotes.
        if (text.size() >= 2 && (text.front() == u'"' || text.front() == u'\'') && text.back() == text.front())
            text = text.mid(1, text.size() - 2).trimmed();
        return text;
    }

    [[nodiscard]] QString firstSet(const QStringList &variables) const
    {
        const auto found = std::find_if(variables.begin(), variables.end(), [this](const QString &variable) {
            const QString text = value(variable);
            const bool isAddress = variable.endsWith(u"_ENDPOINT") || variable.endsWith(u"_URL")
                || variable.endsWith(u"_HOST") || variable.endsWith(u"_BASE");
            return !text.isEmpty() && (isAddress ? !text.contains(u'<') : !isPlaceholderText(text));
        });
        return found == variables.end() ? QString() : *found;
    }

    /// host, host:port, :port, [::1]:port, with or without scheme; 0.0.0.0 is for listening.
    /// Source: Ollama, environment variable OLLAMA_HOST.
    [[nodiscard]] static QString addressOf(QString text, int usualPort)
    {
        if (text.startsWith(u':') && !text.startsWith(u"::"))
            text.prepend(u"localhost");
        const bool hasScheme = text.contains(u"://");
        if (text.count(u':') > 1 && !hasScheme && !text.startsWith(u'['))
            text = QString(u'[' % text % u']');
        QUrl url(hasScheme ? text : QString(u"http://" % text));
        if (!hasScheme && url.port() < 0)
            url.setPort(usualPort);
        if (url.host() == u"0.0.0.0" || url.host() == u"::")
            url.setHost(QStringLiteral("localhost"));
        return url.isValid() && !url.host().isEmpty() ? url.toString() : QString();
    }

    [[nodiscard]] Result<EndpointProposal> urlOf(const VariableGroup &group, const QString &text) const
    {
        const QString url = group.isHost ? addressOf(text, group.native->localPort) : text;
        // The variable says which API it is, also where host and path do not.
        return group.native ? recogniseAs(url, *group.native) : recognise(url, m_descriptors);
    }

    void takeKey(EnvironmentProposal &found, const QString &variable) const
    {
        if (variable.isEmpty())
            return;
        Endpoint &endpoint = found.proposal.endpoint;
        endpoint.credential = Secret(value(variable).toUtf8());
        if (endpoint.auth == Endpoint::Auth::None)
            endpoint.auth = defaultAuth(endpoint.kind);
        found.variables.append(variable);
        found.proposal.changes.append(translated("The key is that of %1; it is kept with your keys.").arg(variable));
    }

    void takeModel(EnvironmentProposal &found, const QString &variable) const
    {
        if (variable.isEmpty() || !found.proposal.endpoint.defaultModel.isEmpty())
            return;
        found.proposal.endpoint.defaultModel = value(variable);
        found.variables.append(variable);
        found.proposal.changes.append(translated("The model is that of %1.").arg(variable));
    }

    void takeVersion(EnvironmentProposal &found, const QString &variable) const
    {
        if (variable.isEmpty() || found.proposal.endpoint.kind != Kind::AzureOpenAiDeployment)
            return;
        found.proposal.endpoint.apiVersion = value(variable);
        found.variables.append(variable);
        found.proposal.changes.append(translated("The api-version is that of %1.").arg(variable));
    }

    void add(const EnvironmentProposal &found)
    {
        const Endpoint &endpoint = found.proposal.endpoint;
        const auto same = std::find_if(m_import.proposals.begin(), m_import.proposals.end(), [&](const auto &known) {
            const Endpoint &other = known.proposal.endpoint;
            return other.kind == endpoint.kind && other.native == endpoint.native && other.baseUrl == endpoint.baseUrl
                && other.credential == endpoint.credential && other.defaultModel == endpoint.defaultModel;
        });
        if (same == m_import.proposals.end())
            m_import.proposals.push_back(found);
        else
            same->variables.append(found.variables);
    }

    const QProcessEnvironment &m_environment;
    std::span<const ProviderDescriptor> m_descriptors;
    EnvironmentImport m_import;
};

} // namespace

EnvironmentImport importEnvironment(
    const QProcessEnvironment &environment, std::span<const ProviderDescriptor> descriptors)
{
    EnvironmentReader reader(environment, descriptors);
    for (const VariableGroup &group : azureGroups()) {
        reader.take(group);
        reader.tellLonelyKeys(group);
    }
    for (const VariableGroup &group : serviceGroups())
        reader.take(group);
    for (const VariableGroup &group : nativeGroups(descriptors))
        reader.take(group);
    return std::move(reader).result();
}

} // namespace diptych
