// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/modelsdialog.h"

#include "theme/theme.h"

#include "ui_modelsdialog.h"

#include <QEvent>
#include <QHeaderView>
#include <QLocale>
#include <QMessageBox>

namespace diptych {

namespace {

enum Column { NameColumn, SizeColumn, ParametersColumn, QuantizationColumn, StateColumn };

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString durationText(std::chrono::seconds time)
{
    if (time < std::chrono::minutes(2))
        return ModelsDialog::tr("%1 s left").arg(time.count());
    if (time < std::chrono::hours(2))
        return ModelsDialog::tr("%1 min left").arg(std::chrono::ceil<std::chrono::minutes>(time).count());
    return ModelsDialog::tr("%1 h left").arg(std::chrono::ceil<std::chrono::hours>(time).count());
}

QString stateText(const RunningModel &running)
{
    if (running.size <= 0)
        return ModelsDialog::tr("in memory");
    if (running.videoMemory >= running.size)
        return ModelsDialog::tr("in memory, %1 on the GPU").arg(sizeText(running.size));
    if (running.videoMemory <= 0)
        return ModelsDialog::tr("in memory, %1").arg(sizeText(running.size));
    return ModelsDialog::tr("in memory, %1, %2 of it on the GPU")
        .arg(sizeText(running.size), sizeText(running.videoMemory));
}

/// Sorts sizes by number.
class ModelItem : public QTreeWidgetItem
{
public:
    using QTreeWidgetItem::QTreeWidgetItem;

    bool operator<(const QTreeWidgetItem &other) const override
    {
        if (treeWidget()->sortColumn() == SizeColumn) {
            return data(SizeColumn, Qt::UserRole).toLongLong() < other.data(SizeColumn, Qt::UserRole).toLongLong();
        }
        return QTreeWidgetItem::operator<(other);
    }
};

/// Its own slots may be running: it goes when they have returned.
template <typename ReplyType>
void retire(std::unique_ptr<ReplyType> &reply)
{
    if (reply)
        reply.release()->deleteLater();
}

} // namespace

ModelsDialog::ModelsDialog(Connections &connections, const QString &endpointId, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::ModelsDialog>())
    , m_connections(connections)
    , m_endpointId(endpointId)
{
    m_ui->setupUi(this);
    const Endpoint *endpoint = m_connections.find(endpointId);
    setWindowTitle(tr("Models of %1").arg(endpoint ? endpoint->name : QString()));
    setUpView();
    connectFields();
    showModels();
    refresh();
}

ModelsDialog::~ModelsDialog() = default;

ModelManager *ModelsDialog::manager() const
{
    Provider *provider = m_connections.provider(m_endpointId);
    return provider ? provider->modelManager() : nullptr;
}

void ModelsDialog::setUpView()
{
    m_ui->refreshButton->setIcon(themeIcon(QStringLiteral("refresh")));
    m_ui->removeButton->setIcon(themeIcon(QStringLiteral("trash")));
    for (QLabel *caption : {m_ui->totalLabel, m_ui->pullCaption, m_ui->pullHintLabel, m_ui->emptyLabel})
        makeCaption(caption);
    QHeaderView *header = m_ui->modelsView->header();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_ui->modelsView->sortByColumn(NameColumn, Qt::AscendingOrder);
    m_ui->pullPart->hide();
    m_ui->progressLabel->setTextFormat(Qt::PlainText); // the server's words
}

void ModelsDialog::connectFields()
{
    connect(m_ui->refreshButton, &QToolButton::clicked, this, &ModelsDialog::refresh);
    connect(m_ui->removeButton, &QToolButton::clicked, this, &ModelsDialog::confirmRemove);
    connect(m_ui->modelsView, &QTreeWidget::currentItemChanged, this, &ModelsDialog::updateState);
    connect(m_ui->pullEdit, &QLineEdit::textChanged, this, &ModelsDialog::updateState);
    connect(m_ui->pullEdit, &QLineEdit::returnPressed, this, &ModelsDialog::pull);
    connect(m_ui->pullButton, &QPushButton::clicked, this, &ModelsDialog::pull);
    connect(m_ui->cancelPullButton, &QPushButton::clicked, this, [this] {
        if (m_pullReply)
            m_pullReply->cancel();
    });
    connect(m_ui->closeButton, &QPushButton::clicked, this, &QDialog::close);
    const auto ifOurs = [this](auto slot) {
        return [this, slot](const QString &endpointId) {
            if (endpointId == m_endpointId)
                (this->*slot)();
        };
    };
    connect(&m_connections, &Connections::modelsChanged, this, ifOurs(&ModelsDialog::showModels));
    connect(&m_connections, &Connections::modelsFailed, this, [this](const QString &endpointId, const Error &error) {
        if (endpointId == m_endpointId)
            showProblem(tr("The models could not be listed."), error);
    });
    connect(&m_connections, &Connections::endpointAboutToChange, this, ifOurs(&ModelsDialog::dropReplies));
    connect(&m_connections, &Connections::endpointChanged, this, ifOurs(&ModelsDialog::refresh));
    connect(&m_connections, &Connections::endpointRemoved, this, [this](const QString &endpointId) {
        if (endpointId == m_endpointId)
            close();
    });
}

void ModelsDialog::refresh()
{
    m_connections.refreshModels(m_endpointId);
    ModelManager *models = manager();
    if (!models)
        return;
    m_runningReply = models->running();
    connect(m_runningReply.get(), &Reply::finished, this, [this] {
        // Without an answer the column stays empty: what is in memory is nice to know, not needed.
        m_running.reset();
        if (!m_runningReply->error())
            m_running = m_runningReply->response();
        retire(m_runningReply);
        showRunning();
    });
}

void ModelsDialog::dropReplies()
{
    retire(m_runningReply);
    retire(m_removeReply);
    if (m_pullReply)
        m_pullReply->cancel();
}

void ModelsDialog::showModels()
{
    const QString chosen = m_pulled.isEmpty() ? currentModel() : m_pulled;
    m_ui->modelsView->clear();
    qint64 total = 0;
    for (const ModelDescription &model : m_connections.models(m_endpointId)) {
        auto *item = new ModelItem(m_ui->modelsView);
        item->setText(NameColumn, model.id);
        item->setToolTip(NameColumn, model.id);
        if (model.facts.size) {
            item->setText(SizeColumn, sizeText(*model.facts.size));
            item->setData(SizeColumn, Qt::UserRole, *model.facts.size);
            total += *model.facts.size;
        }
        item->setTextAlignment(SizeColumn, Qt::AlignRight | Qt::AlignVCenter);
        item->setText(ParametersColumn, model.facts.parameterSize);
        item->setText(QuantizationColumn, model.facts.quantization);
        if (model.id == chosen || model.id == chosen + QStringLiteral(":latest"))
            m_ui->modelsView->setCurrentItem(item);
    }
    const int count = m_ui->modelsView->topLevelItemCount();
    m_ui->totalLabel->setText(count == 0 ? QString()
            : count == 1                 ? tr("1 model, %1").arg(sizeText(total))
                                         : tr("%1 models, %2").arg(QString::number(count), sizeText(total)));
    m_ui->emptyLabel->setVisible(count == 0);
    m_ui->modelsView->setVisible(count > 0);
    showRunning();
    updateState();
}

void ModelsDialog::showRunning()
{
    for (int row = 0; row < m_ui->modelsView->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_ui->modelsView->topLevelItem(row);
        item->setText(StateColumn, {});
        item->setIcon(StateColumn, {});
        item->setToolTip(StateColumn, {});
        for (const RunningModel &running : m_running.value_or(std::vector<RunningModel>())) {
            if (running.model != item->text(NameColumn))
                continue;
            item->setText(StateColumn, stateText(running));
            item->setIcon(StateColumn, themeIcon(QStringLiteral("activity")));
            if (running.expiresAt.isValid()) {
                item->setToolTip(StateColumn,
                    tr("until %1")
                        .arg(QLocale().toString(running.expiresAt.toLocalTime().time(), QLocale::ShortFormat)));
            }
        }
    }
}

void ModelsDialog::updateState()
{
    m_ui->removeButton->setEnabled(!currentModel().isEmpty() && !m_removeReply);
    m_ui->pullButton->setEnabled(!m_pullReply && !m_ui->pullEdit->text().trimmed().isEmpty());
    m_ui->pullEdit->setEnabled(!m_pullReply);
}

QString ModelsDialog::currentModel() const
{
    const QTreeWidgetItem *item = m_ui->modelsView->currentItem();
    return item ? item->text(NameColumn) : QString();
}

void ModelsDialog::pull()
{
    const QString model = m_ui->pullEdit->text().trimmed();
    ModelManager *models = manager();
    if (!models || m_pullReply || model.isEmpty())
        return;
    m_ui->banner->dismiss();
    m_pulled = model;
    m_rate.clear();
    m_clock.start();
    m_pullReply = models->pull(model);
    connect(m_pullReply.get(), &PullReply::progressChanged, this, &ModelsDialog::showProgress);
    connect(m_pullReply.get(), &Reply::finished, this, &ModelsDialog::takePull);
    m_ui->pullPart->show();
    showProgress({.status = tr("Asking for %1 …").arg(model)});
    updateState();
}

void ModelsDialog::showProgress(const PullProgress &progress)
{
    QStringList parts {progress.status};
    const bool isMeasured = progress.total && *progress.total > 0;
    m_ui->progressBar->setMaximum(isMeasured ? 1000 : 0); // 0: busy, without an end in sight
    if (isMeasured) {
        const qint64 total = *progress.total;
        m_rate.add(progress.completed, std::chrono::milliseconds(m_clock.elapsed()));
        m_ui->progressBar->setValue(int(double(std::min(progress.completed, total)) / double(total) * 1000));
        parts.append(tr("%1 of %2").arg(sizeText(progress.completed), sizeText(total)));
        if (const auto rate = m_rate.bytesPerSecond())
            parts.append(tr("%1/s").arg(sizeText(qint64(*rate))));
        if (const auto left = m_rate.timeFor(total - progress.completed); left && progress.completed < total)
            parts.append(durationText(*left));
    }
    m_ui->progressLabel->setText(parts.join(QStringLiteral(" · ")));
    m_ui->progressBar->setAccessibleDescription(m_ui->progressLabel->text());
}

void ModelsDialog::takePull()
{
    const std::optional<Error> error = m_pullReply->error();
    retire(m_pullReply);
    m_ui->pullPart->hide();
    if (!error) {
        m_ui->banner->showMessage(Banner::Tone::Info, tr("%1 is here.").arg(m_pulled));
        m_ui->pullEdit->clear();
        refresh();
    } else if (error->kind == Error::Kind::Cancelled) {
        m_ui->banner->showMessage(Banner::Tone::Info, tr("The download was stopped."),
            tr("What has arrived is kept by the server; fetching %1 again goes on from there.").arg(m_pulled));
    } else {
        showProblem(tr("%1 could not be fetched.").arg(m_pulled), *error);
    }
    updateState();
}

void ModelsDialog::confirmRemove()
{
    const QString model = currentModel();
    if (model.isEmpty())
        return;
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Delete model"),
        tr("Delete %1 from the server's disk?").arg(model), QMessageBox::NoButton, this);
    question->setObjectName(QStringLiteral("removeQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("This can not be undone; the model would have to be fetched again."));
    QPushButton *removeButton = question->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    removeButton->setObjectName(QStringLiteral("confirmRemoveButton"));
    QPushButton *keepButton = question->addButton(tr("Keep"), QMessageBox::RejectRole);
    question->setDefaultButton(keepButton);
    connect(removeButton, &QPushButton::clicked, this, [this, model] { remove(model); });
    question->open();
}

void ModelsDialog::remove(const QString &model)
{
    ModelManager *models = manager();
    if (!models || m_removeReply)
        return;
    m_ui->banner->dismiss();
    m_removeReply = models->remove(model);
    connect(m_removeReply.get(), &Reply::finished, this, &ModelsDialog::takeRemove);
    updateState();
}

void ModelsDialog::takeRemove()
{
    const std::optional<Error> error = m_removeReply->error();
    retire(m_removeReply);
    if (error)
        showProblem(tr("The model could not be deleted."), *error);
    else
        refresh();
    updateState();
}

void ModelsDialog::showProblem(const QString &title, const Error &error)
{
    QStringList sentences {error.message};
    if (const QString advice = whatToDo(error); !advice.isEmpty())
        sentences.append(advice);
    m_ui->banner->showMessage(Banner::Tone::Error, title, sentences.join(u'\n'));
}

void ModelsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showRunning(); // icons are drawn for a palette
}

} // namespace diptych
