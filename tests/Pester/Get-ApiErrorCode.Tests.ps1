BeforeAll {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
}

Describe 'Get-ApiErrorCode' {
    It 'lists the twelve documented codes first, in the order of the page' {
        (Get-ApiErrorCode | Select-Object -First 12).Code | Should -Be @(
            'invalid_api_key', 'expired_api_key', 'revoked_api_key'
            'missing_required_field', 'invalid_value', 'model_not_supported', 'context_length_exceeded'
            'rate_limit_exceeded', 'insufficient_quota', 'concurrent_limit_exceeded'
            'internal_error', 'service_unavailable'
        )
        (Get-ApiErrorCode | Where-Object IsDocumented).Count | Should -Be 12
    }

    It 'gives a code whole' {
        $info = Get-ApiErrorCode insufficient_quota

        $info.GetType().FullName | Should -Be 'ApiTools.ErrorCodeInfo'
        $info.Status | Should -Be 429
        $info.Category | Should -Be 'QuotaExceeded'
        $info.Description | Should -Be 'Quota insufficient'
        $info.Solution | Should -Be 'Recharge or wait for quota recovery'
        $info.Retry | Should -Be 'Never'
        $info.ExceptionType | Should -BeExactly 'ApiTools.ApiLimitException'
        [ApiTools.ApiLimitException] | Should -Be ($info.ExceptionType -as [type])
        $info.IsDocumented | Should -BeTrue
    }

    It 'takes wildcards, in any case' {
        (Get-ApiErrorCode *_API_key).Code | Should -Be 'invalid_api_key', 'expired_api_key', 'revoked_api_key'
    }

    It 'takes several codes' {
        (Get-ApiErrorCode timeout, internal_error).Code | Should -Be 'timeout', 'internal_error'
    }

    It 'takes codes from the pipeline, and by the property Code' {
        ('timeout', 'internal_error' | Get-ApiErrorCode).Code | Should -Be 'timeout', 'internal_error'
        ([pscustomobject]@{ Code = 'timeout' } | Get-ApiErrorCode).Code | Should -Be 'timeout'
        (Get-ApiErrorCode timeout | Get-ApiErrorCode).Code | Should -Be 'timeout'
    }

    It 'takes the exception of an error' {
        $failure = { Get-ApiErrorCode nope -ErrorAction Stop } | Should -Throw -PassThru
        ($failure.Exception | Get-ApiErrorCode).Code | Should -Be 'invalid_value'
    }

    It 'filters by status <Status>' -ForEach @(
        @{ Status = 401; Codes = 'invalid_api_key', 'expired_api_key', 'revoked_api_key' }
        @{ Status = 403; Codes = 'http_403' }
        @{ Status = 404; Codes = 'http_404' }
        @{ Status = 500, 503; Codes = 'internal_error', 'service_unavailable' }
        @{ Status = 418; Codes = $null }
    ) {
        (Get-ApiErrorCode -Status $Status).Code | Should -Be $Codes
    }

    It 'filters by category' {
        (Get-ApiErrorCode -Category QuotaExceeded, ResourceBusy).Code | Should -Be 'insufficient_quota', 'concurrent_limit_exceeded', 'file_changed', 'journal_in_use', 'session_in_use', 'port_in_use'
    }

    It 'filters by code, status and category together' {
        (Get-ApiErrorCode *exceeded -Status 429 -Category LimitsExceeded).Code | Should -Be 'rate_limit_exceeded'
    }

    It 'gives nothing, and no error, for a pattern that matches nothing' {
        Get-ApiErrorCode nope* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'writes one typed error for each code that is not there, and the others' {
        $codes = Get-ApiErrorCode nope, timeout, nada -ErrorVariable failures -ErrorAction SilentlyContinue

        $codes.Code | Should -Be 'timeout'
        $failures.Count | Should -Be 2
        $failures[0].FullyQualifiedErrorId | Should -Be 'invalid_value,ApiTools.Cmdlets.GetApiErrorCodeCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failures[0].TargetObject | Should -Be 'nope'
        $failures[0].ErrorDetails.Message | Should -Match "^The catalogue has no code 'nope'\. \(invalid_value\)"
        $failures[0].ErrorDetails.RecommendedAction | Should -Be 'Check parameter format and range. Run: Get-ApiErrorCode'
        $failures[0].Exception | Should -BeOfType ([ApiTools.ApiRequestException])
        $failures[1].TargetObject | Should -Be 'nada'
    }

    It 'completes <Line> to <First>' -ForEach @(
        @{ Line = 'Get-ApiErrorCode rate'; First = 'rate_limit_exceeded' }
        @{ Line = 'Get-ApiErrorCode quota'; First = 'insufficient_quota' }
        @{ Line = 'Get-ApiErrorCode -Status 42'; First = '429' }
        @{ Line = 'Get-ApiErrorCode -Category Quota'; First = 'QuotaExceeded' }
    ) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches[0].CompletionText | Should -Be $First
    }

    It 'shows a description in the completion of a code' {
        (TabExpansion2 'Get-ApiErrorCode rate' 21).CompletionMatches[0].ToolTip | Should -Be 'Rate limit exceeded. Lower request frequency, implement retry.'
    }

    It 'reads as a table of code, status and solution within 80 columns' {
        $lines = (Get-ApiErrorCode rate_limit_exceeded, http_403 | Out-String -Width 80) -replace '\e\[[0-9;]*m' -split '\r?\n'

        $lines | Should -Contain 'rate_limit_exceeded          429 Lower request frequency, implement retry'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'is whole with Format-List *' {
        $text = Get-ApiErrorCode rate_limit_exceeded | Format-List * | Out-String -Width 200
        foreach ($name in 'Code', 'Status', 'Category', 'Description', 'Solution', 'Retry', 'ExceptionType', 'NextCommand') {
            $text | Should -Match "$name +: "
        }
    }

    It 'names in every next command only commands that are there' {
        foreach ($info in Get-ApiErrorCode) {
            $ast = [Management.Automation.Language.Parser]::ParseInput($info.NextCommand, [ref] $null, [ref] $null)
            foreach ($command in $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $exported = (Import-PowerShellDataFile "$PSScriptRoot/../../out/ApiTools/ApiTools.psd1").CmdletsToExport + 'Get-ChildItem', 'Get-PSDrive'
                $exported | Should -Contain $command.GetCommandName() -Because $info.Code
            }
        }
    }
}
