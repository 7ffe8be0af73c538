// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointdialog.h"

#include "api/endpointurl.h"
#include "endpoints/endpointkinds.h"
#include "theme/theme.h"

#include "ui_endpointdialog.h"

#include <QEvent>
#include <QPushButton>
#include <QScreen>
#include <QUuid>

namespace diptych {

namespace {

constexpr QSize usualSize {580, 540};
constexpr int advancedHeight = 760;
constexpr int testedHeight = 640;

QString bulletList(const QStringList &sentences)
{
    QStringList lines;
    for (const QString &sentence : sentences)
        lines.append(QStringLiteral("•  %1").arg(sentence));
    return lines.join(u'\n');
}

bool isSameServer(const QUrl &one, const QUrl &other)
{
    return one.scheme() == other.scheme() && one.authority() == other.authority();
}

void setColor(QWidget &widget, ThemeColor color, const QPalette &base)
{
    QPalette palette = base;
    palette.setColor(QPalette::WindowText, themeColor(color, base));
    widget.setPalette(palette);
}

} // namespace

EndpointDialog::EndpointDialog(Connections::ProviderFactory factory, std::vector<ProviderDescriptor> descriptors,
    const QString &keyPlace, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EndpointDialog>())
    , m_descriptors(std::move(descriptors))
    , m_localServers(factory, m_descriptors)
    , m_test(factory)
    , m_keyPlace(keyPlace)
{
    m_ui->setupUi(this);
    resize(usualSize);
    setUpFields();
    connectFields();
    toggleAdvanced(false);
    updateColors();
    updateState();
    m_ui->urlEdit->setFocus();
}

EndpointDialog::~EndpointDialog() = default;

void EndpointDialog::setKeyPlace(const QString &text)
{
    m_keyPlace = text;
    updateState();
}

void EndpointDialog::setUpFields()
{
    fillKinds(*m_ui->kindBox, m_descriptors);
    for (const char *version : {"2024-05-01-preview", "2025-04-01", "2024-10-21", "preview"})
        m_ui->versionBox->addItem(QString::fromLatin1(version));
    m_ui->versionBox->setCurrentText({});
    m_ui->versionBox->lineEdit()->setPlaceholderText(tr("not sent"));
    m_ui->modelBox->lineEdit()->setPlaceholderText(tr("chosen later; test the connection to see what there is"));
    m_ui->localServersPart->hide();
    for (QLabel *label : {m_ui->urlProblemLabel, m_ui->recognisedLabel, m_ui->changesLabel, m_ui->problemLabel}) {
        label->setTextFormat(Qt::PlainText); // quotes what was pasted
        label->hide();
    }
    QFont bold = m_ui->recognisedLabel->font();
    bold.setBold(true);
    m_ui->recognisedLabel->setFont(bold);
    makeCaption(m_ui->localServersCaption);
    m_ui->problemLabel->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // Both forms share a column of labels.
    int labelWidth = m_ui->credentialFields->labelWidth();
    for (const QLabel *label :
        {m_ui->nameLabel, m_ui->kindLabel, m_ui->variantLabel, m_ui->versionLabel, m_ui->modelLabel})
        labelWidth = std::max(labelWidth, label->sizeHint().width());
    m_ui->credentialFields->setLabelWidth(labelWidth);
    m_ui->nameLabel->setMinimumWidth(labelWidth);
    showKind({});
}

void EndpointDialog::connectFields()
{
    // textChanged also tells of what is pasted, dropped and cleared.
    connect(m_ui->urlEdit, &QLineEdit::textChanged, this, &EndpointDialog::readUrl);
    connect(m_ui->nameEdit, &QLineEdit::textEdited, this,
        [this](const QString &text) { m_isNameChosen = !text.isEmpty(); });
    connect(m_ui->nameEdit, &QLineEdit::textChanged, this, &EndpointDialog::updateState);
    connect(m_ui->kindBox, &QComboBox::activated, this, &EndpointDialog::takeKind);
    connect(m_ui->credentialFields, &CredentialFields::edited, this, &EndpointDialog::dropVerdict);
    connect(m_ui->variantBox, &QComboBox::activated, this, &EndpointDialog::dropVerdict);
    connect(m_ui->versionBox, &QComboBox::editTextChanged, this, &EndpointDialog::dropVerdict);
    connect(m_ui->advancedButton, &QToolButton::toggled, this, &EndpointDialog::toggleAdvanced);
    connect(m_ui->advancedOptions, &AdvancedOptions::edited, this, &EndpointDialog::dropVerdict);
    connect(m_ui->testButton, &QPushButton::clicked, this, &EndpointDialog::toggleTest);
    connect(m_ui->cancelButton, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->acceptButton, &QPushButton::clicked, this, &EndpointDialog::finish);
    connect(&m_test, &ConnectionTest::finished, this, &EndpointDialog::showVerdict);
    connect(&m_localServers, &LocalServers::found, this, &EndpointDialog::offerServer);
}

void EndpointDialog::setEndpoint(const Endpoint &endpoint)
{
    setWindowTitle(tr("Change endpoint"));
    m_ui->acceptButton->setText(tr("&Save"));
    m_isNameChosen = true;
    {
        // Shown as it is: it was recognised when it was added.
        const QSignalBlocker blocker(m_ui->urlEdit);
        m_ui->urlEdit->setText(endpoint.baseUrl.toString());
    }
    showEndpoint(endpoint);
}

void EndpointDialog::findLocalServers(const std::vector<QUrl> &known)
{
    m_localServers.search(known);
}

Endpoint EndpointDialog::endpoint() const
{
    Endpoint endpoint = m_endpoint;
    if (endpoint.id.isEmpty())
        endpoint.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    endpoint.name = m_ui->nameEdit->text().trimmed();
    takeChosenKind(*m_ui->kindBox, endpoint);
    endpoint.variant = m_ui->variantBox->currentData().toString();
    m_ui->credentialFields->write(endpoint);
    endpoint.apiVersion = m_ui->versionBox->currentText().trimmed();
    endpoint.defaultModel = m_ui->modelBox->currentText().trimmed();
    m_ui->advancedOptions->write(endpoint);
    return endpoint;
}

void EndpointDialog::readUrl(const QString &text)
{
    dropVerdict();
    const Result<EndpointProposal> proposal = recognise(text, m_descriptors);
    if (proposal) {
        showProposal(*proposal, text);
    } else {
        m_endpoint.baseUrl.clear();
        if (!m_isNameChosen)
            m_ui->nameEdit->clear(); // made of what stood there before
        m_ui->urlProblemLabel->setText(proposal.error().message);
    }
    m_ui->recognisedLabel->setVisible(proposal.has_value());
    m_ui->changesLabel->setVisible(proposal && !proposal->changes.isEmpty());
    m_ui->urlProblemLabel->setVisible(!proposal && !text.trimmed().isEmpty());
    updateState();
}

void EndpointDialog::showProposal(const EndpointProposal &proposal, const QString &pasted)
{
    Endpoint endpoint = proposal.endpoint;
    endpoint.id = m_endpoint.id;
    // What was typed by hand stays.
    if (m_isNameChosen)
        endpoint.name = m_ui->nameEdit->text();
    const bool hasKey = !endpoint.credential.isEmpty() || !endpoint.headers.empty();
    const Endpoint before = typedFor(endpoint.baseUrl);
    if (hasKey || !isSameServer(m_pasted.baseUrl, endpoint.baseUrl))
        m_pasted = endpoint;
    if (endpoint.credential.isEmpty()) {
        endpoint.credential = before.credential;
        endpoint.tokenCommand = before.tokenCommand;
        endpoint.tokenScope = before.tokenScope;
    }
    if (endpoint.defaultModel.isEmpty())
        endpoint.defaultModel = before.defaultModel;
    endpoint.connection = before.connection;
    if (endpoint.headers.empty())
        endpoint.headers = before.headers;
    if (endpoint.extrasMode == ExtrasMode::PassThrough)
        endpoint.extrasMode = before.extrasMode;
    endpoint.adaptation = before.adaptation;
    endpoint.extras = before.extras;
    endpoint.modelExtras = before.modelExtras;
    showEndpoint(endpoint);

    const QString base = endpoint.baseUrl.toString();
    m_hasAddedPath = endpoint.baseUrl.path() == u"/v1" && !pasted.contains(u"/v1");
    m_ui->changesLabel->setText(bulletList(proposal.changes));
    if (hasKey || pasted.contains(u'@') || pasted.contains(u'\n')) {
        // A key must not stay readable in the URL's field.
        const QSignalBlocker blocker(m_ui->urlEdit);
        m_ui->urlEdit->setText(base);
    }
}

Endpoint EndpointDialog::typedFor(const QUrl &url) const
{
    Endpoint typed = m_endpoint;
    m_ui->credentialFields->write(typed);
    m_ui->advancedOptions->write(typed);
    typed.defaultModel = m_ui->modelBox->currentText();
    if (isSameServer(m_pasted.baseUrl, url))
        return typed;
    // A key that came with one server's command must not be sent to another.
    if (typed.credential == m_pasted.credential)
        typed.credential = {};
    if (typed.headers == m_pasted.headers)
        typed.headers.clear();
    if (typed.defaultModel == m_pasted.defaultModel)
        typed.defaultModel.clear();
    return typed;
}

void EndpointDialog::showEndpoint(const Endpoint &endpoint)
{
    m_endpoint = endpoint;
    m_ui->recognisedLabel->setText(
        QStringLiteral("%1 · %2").arg(kindTitle(endpoint, m_descriptors), endpoint.baseUrl.toString()));
    m_ui->nameEdit->setText(endpoint.name);
    showKind(endpoint);
    m_ui->versionBox->setCurrentText(endpoint.apiVersion);
    m_ui->modelBox->setCurrentText(endpoint.defaultModel);
    m_ui->advancedOptions->read(endpoint);
    updateState();
}

void EndpointDialog::showKind(const Endpoint &endpoint)
{
    const ProviderDescriptor *descriptor = findDescriptor(m_descriptors, endpoint.provider());
    chooseKind(*m_ui->kindBox, endpoint);
    fillVariants(*m_ui->variantBox, descriptor);
    m_ui->variantBox->setCurrentIndex(std::max(0, m_ui->variantBox->findData(endpoint.variant)));
    const bool isNative = endpoint.kind == Endpoint::Kind::Native && descriptor;
    m_ui->credentialFields->read(endpoint, isNative ? descriptor->keyHeader : QByteArray("api-key"));
    m_ui->form->setRowVisible(m_ui->variantBox, m_ui->variantBox->count() > 0);
    const bool isAzure = endpoint.provider() == u"azure" || endpoint.kind == Endpoint::Kind::AzureOpenAiV1;
    m_ui->form->setRowVisible(m_ui->versionBox, isAzure || !endpoint.apiVersion.isEmpty());
}

void EndpointDialog::takeKind()
{
    Endpoint chosen = endpoint();
    chosen.id = m_endpoint.id;
    chosen = withDefaultsOfKind(chosen, m_endpoint, m_hasAddedPath, m_descriptors);
    m_hasAddedPath = chosen.kind == Endpoint::Kind::OpenAiCompatible && chosen.baseUrl != m_endpoint.baseUrl;
    dropVerdict();
    const QString pasted = m_ui->urlEdit->text();
    const ProviderDescriptor *native = findDescriptor(m_descriptors, chosen.native);
    if (native && !pasted.isEmpty()) {
        // A server on any port may speak this: the person knows.
        if (const Result<EndpointProposal> proposal = recogniseAs(pasted, *native)) {
            showProposal(*proposal, pasted);
            m_ui->changesLabel->setVisible(!proposal->changes.isEmpty());
            return;
        }
    }
    if (m_ui->urlEdit->text().isEmpty() && !chosen.baseUrl.isEmpty()) {
        m_ui->urlEdit->setText(chosen.baseUrl.toString()); // recognised as what was chosen
        return;
    }
    showEndpoint(chosen);
}

void EndpointDialog::offerServer(const Endpoint &endpoint, int modelCount)
{
    const QString models = modelCount == 1 ? tr("1 model") : tr("%1 models").arg(modelCount);
    auto *button = new QPushButton(themeIcon(QStringLiteral("server")),
        QStringLiteral("%1 · %2").arg(endpoint.name, models), m_ui->localServersPart);
    button->setObjectName(QStringLiteral("localServer_%1").arg(endpoint.baseUrl.port()));
    button->setAutoDefault(false);
    button->setToolTip(endpoint.baseUrl.toString());
    button->setAccessibleName(tr("Use %1 at %2").arg(endpoint.name, endpoint.baseUrl.toString()));
    connect(button, &QPushButton::clicked, this,
        [this, url = endpoint.baseUrl] { m_ui->urlEdit->setText(url.toString()); });
    m_ui->localServersRow->insertWidget(m_ui->localServersRow->count() - 1, button);
    m_ui->localServersPart->show();
}

void EndpointDialog::toggleAdvanced(bool isOpen)
{
    m_ui->advancedOptions->setVisible(isOpen);
    m_ui->advancedButton->setIcon(themeIcon(isOpen ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    const int room = screen()->availableGeometry().height() * 9 / 10;
    resize(width(), std::min(room, isOpen ? std::max(advancedHeight, height()) : usualSize.height()));
}

void EndpointDialog::toggleTest()
{
    if (m_test.isRunning()) {
        m_test.cancel();
    } else {
        dropVerdict();
        m_test.start(endpoint());
    }
    updateState();
}

void EndpointDialog::showVerdict(const ConnectionTest::Verdict &verdict)
{
    using Grade = ConnectionTest::Verdict::Grade;
    const Banner::Tone tone = verdict.grade == Grade::Good ? Banner::Tone::Info
        : verdict.grade == Grade::Doubtful                 ? Banner::Tone::Warning
                                                           : Banner::Tone::Error;
    // A step that failed says what to do itself.
    const bool isExplained = std::any_of(verdict.steps.begin(), verdict.steps.end(),
        [](const ConnectionStep &step) { return step.state == ConnectionStep::State::Failed; });
    m_ui->verdictBanner->showMessage(tone, verdict.title, isExplained ? QString() : verdict.text);
    m_ui->stepsView->setSteps(verdict.steps);
    const int room = screen()->availableGeometry().height() * 9 / 10;
    resize(width(), std::min(room, std::max(height(), testedHeight)));
    const QString chosen = m_ui->modelBox->currentText();
    m_ui->modelBox->clear();
    m_ui->modelBox->addItems(verdict.models);
    m_ui->modelBox->setCurrentText(chosen);
    updateState();
}

void EndpointDialog::dropVerdict()
{
    m_test.cancel();
    m_ui->verdictBanner->dismiss();
    m_ui->stepsView->setSteps({});
    updateState();
}

void EndpointDialog::updateState()
{
    const bool hasUrl = m_endpoint.baseUrl.isValid() && !m_endpoint.baseUrl.isEmpty();
    QString problem = m_ui->credentialFields->problem();
    if (problem.isEmpty())
        problem = m_ui->advancedOptions->problem();
    if (problem.isEmpty() && hasUrl && m_ui->nameEdit->text().trimmed().isEmpty())
        problem = tr("Give the endpoint a name.");
    m_ui->problemLabel->setText(problem);
    m_ui->problemLabel->setVisible(true); // takes the room between the buttons
    m_ui->testButton->setEnabled(hasUrl && problem.isEmpty());
    m_ui->acceptButton->setEnabled(hasUrl && problem.isEmpty());
    m_ui->testButton->setText(m_test.isRunning() ? tr("S&top testing") : tr("&Test connection"));
    const bool isPlain = m_endpoint.baseUrl.scheme() == u"http" && !isNearbyHost(m_endpoint.baseUrl.host());
    m_ui->credentialFields->setHint(isPlain && m_ui->credentialFields->hasSecret()
            ? tr("With http:// this key travels unencrypted over the network.")
            : m_keyPlace);
}

void EndpointDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateColors();
}

void EndpointDialog::updateColors()
{
    setColor(*m_ui->urlProblemLabel, ThemeColor::Danger, palette());
    setColor(*m_ui->problemLabel, ThemeColor::Danger, palette());
    setColor(*m_ui->changesLabel, ThemeColor::Muted, palette());
}

void EndpointDialog::finish()
{
    const Endpoint endpoint = this->endpoint();
    m_test.cancel();
    accept();
    Q_EMIT endpointAccepted(endpoint);
}

} // namespace diptych
